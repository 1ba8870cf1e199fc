//! The key file: one secret that everything is derived from, and the sealing keys that took its place since.
//!
//! It lies outside the data folder and outside every backup. The first line holds the secret in 64 hexadecimal digits;
//! each further line, `seal NUMBER HEX`, a sealing key. The last one seals; without any, the secret's own does (number 0).

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use linli_store::Fault;

use crate::ids::{Randomness, hex};

/// What a key file holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    pub(crate) root: [u8; 32],
    pub(crate) sealing: Vec<(u8, [u8; 32])>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// One secret and no sealing key besides.
    pub fn of(root: [u8; 32]) -> Self {
        Self { root, sealing: Vec::new() }
    }

    /// Reads the file, or makes one (readable by its owner only).
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let mut text = String::new();
        match std::fs::File::open(path) {
            Ok(mut file) => {
                file.read_to_string(&mut text).map_err(|e| told(path, &e))?;
                Self::parse(&text).ok_or_else(|| {
                    Fault::Unavailable(format!(
                        "key file {} does not hold 64 hexadecimal digits, and lines that begin with seal",
                        path.display()
                    ))
                })
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let secrets = Self::of(secret());
                write_new(path, &secrets.text()).map_err(|e| told(path, &e))?;
                Ok(secrets)
            }
            Err(e) => Err(told(path, &e)),
        }
    }

    /// The same with one sealing key more, which seals from now on.
    pub fn with_new_key(&self) -> Result<Self, Fault> {
        let last = self.sealing.last().map_or(0, |(number, _)| *number);
        let number = last.checked_add(1).ok_or_else(|| Fault::Unavailable("255 sealing keys are enough".into()))?;
        let mut with = self.clone();
        with.sealing.push((number, secret()));
        Ok(with)
    }

    /// The same with the newest sealing key alone.
    #[must_use]
    pub fn newest_alone(&self) -> Self {
        Self { root: self.root, sealing: self.sealing.last().copied().into_iter().collect() }
    }

    /// Puts this in the file's place, whole or not at all.
    pub fn replace(&self, path: &Path) -> Result<(), Fault> {
        let waiting = beside(path, "new");
        let _ = std::fs::remove_file(&waiting);
        write_new(&waiting, &self.text()).map_err(|e| told(&waiting, &e))?;
        std::fs::rename(&waiting, path).map_err(|e| told(path, &e))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| told(folder, &e))
    }

    /// Keeps this beside the file, for the backups that were made with it; answers where.
    pub fn keep_beside(&self, path: &Path) -> Result<PathBuf, Fault> {
        let number = self.sealing.last().map_or(0, |(number, _)| *number);
        let kept = beside(path, &format!("old-{number}"));
        if kept.exists() {
            return Ok(kept);
        }
        write_new(&kept, &self.text()).map_err(|e| told(&kept, &e))?;
        Ok(kept)
    }

    fn text(&self) -> String {
        let mut text = hex(&self.root) + "\n";
        for (number, key) in &self.sealing {
            text.extend(["seal ", &number.to_string(), " ", &hex(key), "\n"]);
        }
        text
    }
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let root = unhex(lines.next()?.trim())?;
        let mut sealing: Vec<(u8, [u8; 32])> = Vec::new();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let mut words = line.split_whitespace();
            let (Some("seal"), Some(number), Some(key), None) =
                (words.next(), words.next(), words.next(), words.next())
            else {
                return None;
            };
            let number = number.parse().ok().filter(|n| sealing.last().is_none_or(|(last, _)| last < n))?;
            sealing.push((number, unhex(key)?));
        }
        Some(Self { root, sealing })
    }
}

fn secret() -> [u8; 32] {
    let mut secret = [0_u8; 32];
    Randomness::System.fill(&mut secret);
    secret
}

fn told(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Unavailable(format!("key file {}: {error}", path.display()))
}

fn beside(path: &Path, word: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{word}"));
    name.into()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(out)
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_key_file_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("data.key");
        let first = Secrets::open(&path).expect("made");
        assert_eq!(Secrets::open(&path).expect("read"), first);
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        for bad in ["short", "", &"g".repeat(64), &format!("{}\nseal x y", "a".repeat(64)), &"é".repeat(32)] {
            std::fs::write(&path, bad).expect("writes");
            assert!(Secrets::open(&path).is_err(), "{bad}");
        }
    }

    #[test]
    fn sealing_keys_follow_each_other_and_old_ones_go() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("data.key");
        let first = Secrets::open(&path).expect("made");
        let second = first.with_new_key().expect("one").with_new_key().expect("two");
        second.replace(&path).expect("replaced");
        assert_eq!(Secrets::open(&path).expect("read"), second);
        assert_eq!(second.sealing.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2]);
        let alone = second.newest_alone();
        assert_eq!(alone.sealing, second.sealing[1..]);
        let kept = second.keep_beside(&path).expect("kept");
        assert_eq!(Secrets::open(&kept).expect("read"), second);
        assert_eq!(std::fs::metadata(&kept).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
