//! The data folder: what lies where in it, and the lock that keeps two writers of one SQLite file apart.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use linli_app::audit::guard::Guard;
use linli_app::clock::Clock;
use linli_app::ids::Randomness;
use linli_app::sealing::Keys;
use linli_app::voices::erased::Journal;
use linli_app::{App, Fault, Parts};
use linli_store::{Location, Settings, Store};

use crate::settings::DataArgs;

/// A data folder.
#[derive(Debug, Clone)]
pub struct DataDir {
    path: PathBuf,
    key_file: PathBuf,
    location: Location,
}

/// Held while this process writes to the folder's own database.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lives as long as the open file")] Option<File>);

impl DataDir {
    /// The folder at `path`. Its key lies beside it, not in it: a copy of the folder opens no sealed column.
    pub fn new(path: &Path, key_file: Option<PathBuf>, database: Option<&str>) -> Result<Self, Fault> {
        let location = match database {
            None => Location::Sqlite(path.join("linli.db")),
            Some(text) => Location::parse(text)
                .ok_or_else(|| Fault::Unavailable("--database takes sqlite:PATH or postgres://…".to_owned()))?,
        };
        let key_file = key_file.unwrap_or_else(|| {
            let mut name = path.as_os_str().to_owned();
            name.push(".key");
            name.into()
        });
        Ok(Self { path: path.to_owned(), key_file, location })
    }
    /// The folder that the settings name, which has to hold data already.
    pub fn existing(args: DataArgs) -> Result<Self, String> {
        let args = args.with_file()?;
        let data = Self::new(&args.data, args.key_file, args.database.as_deref()).map_err(|e| e.to_string())?;
        if data.exists() { Ok(data) } else { Err(format!("there is no data in {}", data.path.display())) }
    }
    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// The key file.
    pub fn key_file(&self) -> &Path {
        &self.key_file
    }
    /// True once something was stored here.
    pub fn exists(&self) -> bool {
        match &self.location {
            Location::Sqlite(file) => file.exists(),
            Location::Postgres(_) => self.path.exists(),
        }
    }

    /// Takes the folder for writing. PostgreSQL keeps several writers apart by itself.
    pub fn lock(&self) -> Result<Lock, Fault> {
        std::fs::create_dir_all(&self.path).map_err(|e| self.told(&e))?;
        if matches!(self.location, Location::Postgres(_)) {
            return Ok(Lock(None));
        }
        let file = File::create(self.path.join("lock")).map_err(|e| self.told(&e))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(Some(file))),
            Err(TryLockError::WouldBlock) => Err(Fault::Unavailable(format!(
                "another linli is writing to {}: stop it first, or send this through the running server's API",
                self.path.display()
            ))),
            Err(TryLockError::Error(e)) => Err(self.told(&e)),
        }
    }

    /// Opens the database, the keys and the photos.
    pub async fn open(&self, settings: Settings, clock: Clock, random: Randomness) -> Result<App, Fault> {
        let store = Store::open(&self.location, settings).await?;
        let node = u16::try_from(Randomness::System.below(1 << 10)).unwrap_or(0);
        Ok(App::new(Parts {
            store,
            clock,
            keys: Keys::open_file(&self.key_file)?,
            random,
            node,
            photos: self.path.join("photos"),
            guard: Guard::open(self.key_file.with_extension("signed"))?,
            journal: Journal::new(self.key_file.with_extension("erased")),
        }))
    }

    fn told(&self, error: &std::io::Error) -> Fault {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Fault::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
            _ => Fault::Unavailable(format!("data folder {}: {error}", self.path.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time() {
        let folder = tempfile::tempdir().expect("folder");
        let data = DataDir::new(&folder.path().join("data"), None, None).expect("location");
        let first = data.lock().expect("free");
        assert!(data.lock().is_err());
        drop(first);
        assert!(data.lock().is_ok());
        assert_eq!(data.key_file, folder.path().join("data.key"));
    }
}
