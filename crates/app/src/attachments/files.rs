//! Files named by the hash of their content, on the disk before the row that names them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use linli_store::Fault;
use sha2::{Digest as _, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::command::Denied;
use crate::ids::hex;

/// Pictures decoded at the same time: each may take some tens of megabytes.
const AT_ONCE: usize = 2;

/// The folder of photos.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
    turns: Arc<Semaphore>,
}

impl Files {
    /// In `folder`, which is made with the first file.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Waits for a turn to decode pictures.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, Denied> {
        Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Fault::Busy.into())
    }

    /// Keeps `bytes`; answers their name. Blocking.
    pub(crate) fn keep(&self, bytes: &[u8]) -> Result<String, Fault> {
        let name = hex(&Sha256::digest(bytes));
        let path = self.path(&name).ok_or(Fault::Bug("a hash is no name".into()))?;
        // A file that is kept again is young again: no sweep takes it away under the command that names it.
        if let Ok(file) = std::fs::File::open(&path)
            && file.set_modified(SystemTime::now()).is_ok()
        {
            return Ok(name);
        }
        write_durably(&path, bytes).map_err(|e| disk(&e))?;
        Ok(name)
    }

    /// Reads a file. Blocking.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let path = self.path(name).ok_or(Fault::Bug("no name of a photo".into()))?;
        std::fs::read(path).map_err(|e| disk(&e))
    }

    /// Names of files that were last kept before a moment, and what a crash left half written. Blocking.
    pub(crate) fn kept_before(&self, moment: SystemTime) -> Result<Vec<String>, Fault> {
        let mut names = Vec::new();
        let folders = match std::fs::read_dir(&self.folder) {
            Ok(folders) => folders,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(names),
            Err(e) => return Err(disk(&e)),
        };
        for folder in folders {
            for file in std::fs::read_dir(folder.map_err(|e| disk(&e))?.path()).map_err(|e| disk(&e))? {
                let path = file.map_err(|e| disk(&e))?.path();
                if !is_older(&path, moment) {
                    continue;
                }
                match path.file_stem().and_then(|stem| stem.to_str()) {
                    Some(half) if half.starts_with('.') => drop(std::fs::remove_file(&path)),
                    Some(name) => names.push(name.to_owned()),
                    None => {}
                }
            }
        }
        Ok(names)
    }

    /// Deletes a file unless it was kept again meanwhile; answers whether it did. Blocking.
    pub(crate) fn forget(&self, name: &str, moment: SystemTime) -> Result<bool, Fault> {
        let Some(path) = self.path(name).filter(|path| is_older(path, moment)) else { return Ok(false) };
        std::fs::remove_file(path).map_err(|e| disk(&e))?;
        Ok(true)
    }

    /// Names come from hashes, never from a person: anything else is no path.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let hash = name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase());
        hash.then(|| self.folder.join(&name[..2]).join(format!("{name}.jpg")))
    }
}

fn is_older(path: &Path, moment: SystemTime) -> bool {
    std::fs::metadata(path).and_then(|meta| meta.modified()).is_ok_and(|at| at < moment)
}

fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let waiting = folder.join(format!(".{:016x}", rand::random::<u64>()));
    let written = (|| {
        let mut file = std::fs::File::create_new(&waiting)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&waiting, path)?;
        std::fs::File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&waiting);
    }
    written
}

fn disk(error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Fault::Full,
        std::io::ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
        _ => Fault::Unavailable(format!("photos: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_content_and_nothing_else_is_a_path() {
        let folder = tempfile::tempdir().expect("folder");
        let files = Files::new(folder.path().to_owned());
        let name = files.keep(b"picture").expect("kept");
        assert_eq!(files.keep(b"picture").expect("again"), name);
        assert_eq!(files.read(&name).expect("read"), b"picture");
        for bad in ["", "../../etc/passwd", "..%2fx", &"a".repeat(63), &"G".repeat(64), &"A".repeat(64)] {
            assert!(files.read(bad).is_err(), "{bad}");
        }
    }
}
