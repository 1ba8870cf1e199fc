//! Sealed columns, keyed hashes and the key file.
//!
//! Contact data and places never touch the database, its log or a backup in the clear: XChaCha20-Poly1305 per field,
//! with an algorithm byte in front, bound to community, table, column and row. The key lies outside the data folder.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use linli_domain::id::CommunityId;
use linli_store::Fault;
use sha2::Sha256;

use crate::audit::sign::LogKey;
use crate::ids::{Randomness, hex};

/// The one algorithm so far.
const XCHACHA: u8 = 1;
const NONCE: usize = 24;

/// Where a sealed value lives: it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// The community.
    pub tenant: CommunityId,
    /// `table.column`.
    pub column: &'static str,
    /// The row.
    pub row: i64,
}

/// The keys of this installation.
pub struct Keys {
    seal: XChaCha20Poly1305,
    receipt: [u8; 32],
    session: [u8; 32],
    request: [u8; 32],
    form: [u8; 32],
    recovery: [u8; 32],
    invitation: [u8; 32],
    log: LogKey,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// What a keyed hash is for; each has its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Receipt codes.
    Receipt,
    /// Session tokens.
    Session,
    /// Idempotency keys and bodies.
    Request,
    /// Codes for a lost second factor.
    Recovery,
    /// Tokens of invitations.
    Invitation,
    /// The token in a form that ties it to its session.
    Form,
}

impl Keys {
    /// Derives every key from one secret of 32 bytes.
    pub fn derive(secret: &[u8; 32]) -> Self {
        let sub = |label: &str| hmac(secret, &[label.as_bytes()]);
        Self {
            seal: XChaCha20Poly1305::new(&Key::from(sub("linli sealed columns"))),
            receipt: sub("linli receipts"),
            session: sub("linli sessions"),
            request: sub("linli requests"),
            form: sub("linli forms"),
            recovery: sub("linli recovery codes"),
            invitation: sub("linli invitations"),
            log: LogKey::new(&sub("linli logs")),
        }
    }

    /// The key that signs checkpoints.
    pub fn log(&self) -> &LogKey {
        &self.log
    }

    /// Reads the key file, or makes one (readable by its owner only).
    pub fn open_file(path: &Path) -> Result<Self, Fault> {
        let told = |e: std::io::Error| Fault::Unavailable(format!("key file {}: {e}", path.display()));
        let mut text = String::new();
        match std::fs::File::open(path) {
            Ok(mut file) => {
                file.read_to_string(&mut text).map_err(told)?;
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut secret = [0_u8; 32];
                Randomness::System.fill(&mut secret);
                text = hex(&secret);
                write_secret(path, &text).map_err(told)?;
            }
            Err(e) => return Err(told(e)),
        }
        let secret = unhex(text.trim()).ok_or_else(|| {
            Fault::Unavailable(format!("key file {} does not hold 64 hexadecimal digits", path.display()))
        })?;
        Ok(Self::derive(&secret))
    }

    /// Seals a text for one cell.
    pub fn seal(&self, random: &Randomness, cell: Cell, text: &str) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0_u8; NONCE];
        random.fill(&mut nonce);
        let aad = cell.aad();
        let payload = Payload { msg: text.as_bytes(), aad: &aad };
        let sealed =
            self.seal.encrypt(&XNonce::from(nonce), payload).map_err(|_| Fault::Bug("a text was not sealed".into()))?;
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(XCHACHA);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what was sealed for this cell.
    pub fn open(&self, cell: Cell, sealed: &[u8]) -> Result<String, Fault> {
        let damaged = || Fault::Bug(format!("a sealed value of {} does not open", cell.column));
        let (algorithm, rest) = sealed.split_first().ok_or_else(damaged)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        if *algorithm != XCHACHA {
            return Err(damaged());
        }
        let aad = cell.aad();
        let opened =
            self.seal.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &aad }).map_err(|_| damaged())?;
        String::from_utf8(opened).map_err(|_| damaged())
    }

    /// A keyed hash of `parts`, each with its length, so that no two lists of parts are the same bytes.
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let key = match purpose {
            Purpose::Receipt => &self.receipt,
            Purpose::Session => &self.session,
            Purpose::Request => &self.request,
            Purpose::Form => &self.form,
            Purpose::Recovery => &self.recovery,
            Purpose::Invitation => &self.invitation,
        };
        hmac(key, parts)
    }
}

impl Cell {
    fn aad(self) -> Vec<u8> {
        format!("{}|{}|{}", self.tenant.raw(), self.column, self.row).into_bytes()
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key of 32 bytes is always taken; should that ever change, no hash is better than a weak one.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

fn write_secret(path: &Path, hex: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(hex.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_in_its_own_cell_only() {
        let (keys, random) = (Keys::derive(&[7; 32]), Randomness::seeded(1));
        let cell = Cell { tenant: CommunityId::new(1), column: "voices.contact", row: 5 };
        let sealed = keys.seal(&random, cell, "13800138000").expect("seals");
        assert_eq!(keys.open(cell, &sealed).as_deref(), Ok("13800138000"));
        assert!(!sealed.windows(4).any(|w| w == b"1380"));
        for other in [
            Cell { tenant: CommunityId::new(2), ..cell },
            Cell { row: 6, ..cell },
            Cell { column: "voices.place", ..cell },
        ] {
            assert!(keys.open(other, &sealed).is_err());
        }
        for cut in 0..sealed.len() {
            assert!(keys.open(cell, &sealed[..cut]).is_err());
        }
        assert!(Keys::derive(&[8; 32]).open(cell, &sealed).is_err());
    }

    #[test]
    fn hashes_differ_by_purpose_and_by_the_borders_of_their_parts() {
        let keys = Keys::derive(&[7; 32]);
        assert_ne!(keys.mac(Purpose::Receipt, &[b"a"]), keys.mac(Purpose::Session, &[b"a"]));
        assert_ne!(keys.mac(Purpose::Request, &[b"ab", b"c"]), keys.mac(Purpose::Request, &[b"a", b"bc"]));
    }

    #[test]
    fn the_key_file_is_made_once_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("data.key");
        let first = Keys::open_file(&path).expect("made").mac(Purpose::Form, &[]);
        assert_eq!(Keys::open_file(&path).expect("read").mac(Purpose::Form, &[]), first);
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").expect("writes");
        assert!(Keys::open_file(&path).is_err());
    }
}
