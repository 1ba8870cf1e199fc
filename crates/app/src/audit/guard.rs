//! What this installation signed last, kept outside the database: the memory that a restored backup does not have.
//!
//! Invariant: a log never signs a checkpoint that contradicts an earlier one. Whoever puts an older database under the
//! server is told, instead of having two histories signed.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use linli_domain::audit::checkpoint::Checkpoint;
use linli_domain::audit::tree::Hash;
use linli_store::Fault;
use parking_lot::Mutex;

/// The last signed size and root of every log.
#[derive(Debug)]
pub struct Guard {
    path: PathBuf,
    signed: Mutex<Signed>,
}

#[derive(Debug, Default)]
struct Signed {
    last: BTreeMap<String, Checkpoint>,
    dirty: bool,
}

impl Guard {
    /// Reads the file; there is none before the first signature.
    pub fn open(path: PathBuf) -> Result<Self, Fault> {
        let told = |why: String| Fault::Unavailable(format!("file of signed checkpoints {}: {why}", path.display()));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(told(e.to_string())),
        };
        let mut last = BTreeMap::new();
        for body in text.split("\n\n").filter(|body| !body.trim().is_empty()) {
            let checkpoint = Checkpoint::parse(body.trim_start()).ok_or_else(|| told("it is damaged".into()))?;
            last.insert(checkpoint.origin.clone(), checkpoint);
        }
        Ok(Self { path, signed: Mutex::new(Signed { last, dirty: false }) })
    }
    /// What was signed last of a log.
    pub fn last(&self, origin: &str) -> Option<Checkpoint> {
        self.signed.lock().last.get(origin).cloned()
    }
    /// Refuses to go on from a head that an earlier signature contradicts.
    pub fn allows(&self, origin: &str, size: u64, root: &Hash) -> Result<(), Fault> {
        match self.last(origin) {
            Some(last) if last.size > size || (last.size == size && last.root != *root) => {
                Err(Fault::Contradicted { origin: origin.to_owned(), signed: last.size, found: size })
            }
            _ => Ok(()),
        }
    }
    /// Remembers what was signed.
    pub fn note(&self, checkpoint: &Checkpoint) {
        let mut signed = self.signed.lock();
        signed.last.insert(checkpoint.origin.clone(), checkpoint.clone());
        signed.dirty = true;
    }
    /// Writes the file anew, if anything was signed since.
    pub fn keep(&self) -> Result<(), Fault> {
        let mut signed = self.signed.lock();
        if !signed.dirty {
            return Ok(());
        }
        let text: String = signed.last.values().map(|checkpoint| checkpoint.body() + "\n").collect();
        replace(&self.path, text.as_bytes())
            .map_err(|e| Fault::Unavailable(format!("file of signed checkpoints {}: {e}", self.path.display())))?;
        signed.dirty = false;
        Ok(())
    }
}

/// Whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = std::fs::File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_is_remembered_and_not_contradicted() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("data.signed");
        let guard = Guard::open(path.clone()).expect("none yet");
        assert!(guard.allows("a", 0, &[0; 32]).is_ok());
        for (origin, size) in [("a", 5), ("b", 9), ("a", 7)] {
            guard.note(&Checkpoint { origin: origin.into(), size, root: [1; 32] });
        }
        guard.keep().expect("kept");
        let guard = Guard::open(path.clone()).expect("reads");
        assert_eq!(guard.last("a").map(|last| last.size), Some(7));
        assert!(guard.allows("a", 7, &[1; 32]).is_ok() && guard.allows("a", 8, &[2; 32]).is_ok());
        assert!(guard.allows("a", 7, &[2; 32]).is_err() && guard.allows("a", 6, &[1; 32]).is_err());
        assert!(guard.allows("b", 9, &[1; 32]).is_ok());
        std::fs::write(&path, "a\nseven\n").expect("writes");
        assert!(Guard::open(path).is_err());
    }
}
