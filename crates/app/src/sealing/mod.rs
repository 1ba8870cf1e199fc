//! Sealed columns, keyed hashes and the key file.
//!
//! Contact data and places never touch the database, its log or a backup in the clear: XChaCha20-Poly1305 per field,
//! with an algorithm byte in front, bound to community, table, column and row. What is known about the owner of a voice
//! lies under a key of its own ([`DataKey`]), which the installation's key wraps: whoever erases that one key has erased
//! it all, and a new installation's key means wrapping keys anew and no more. The key lies outside the data folder.

pub(crate) mod cipher;
pub mod key_file;
pub mod rotate;

use std::fmt;
use std::path::Path;

use hmac::{Hmac, Mac as _};
use linli_store::Fault;
use sha2::Sha256;

use crate::audit::sign::LogKey;
use crate::sealing::cipher::Sealer;
pub(crate) use crate::sealing::cipher::{Cell, DataKey};
use crate::sealing::key_file::Secrets;

/// The keys of this installation.
pub struct Keys {
    sealer: Sealer,
    receipt: [u8; 32],
    session: [u8; 32],
    request: [u8; 32],
    form: [u8; 32],
    recovery: [u8; 32],
    invitation: [u8; 32],
    contact: [u8; 32],
    backup: [u8; 32],
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
    /// Contacts, to find a number without opening any.
    Contact,
}

impl Keys {
    /// Derives every key from one secret of 32 bytes.
    pub fn derive(secret: &[u8; 32]) -> Self {
        Self::of(&Secrets::of(*secret))
    }

    /// The keys of a key file.
    pub fn of(secrets: &Secrets) -> Self {
        let sub = |label: &str| hmac(&secrets.root, &[label.as_bytes()]);
        // The secret's own sealing key goes on opening what no rotation has reached yet.
        let first = (0, sub("linli sealed columns"));
        Self {
            sealer: Sealer::new(std::iter::once(first).chain(secrets.sealing.iter().copied())),
            receipt: sub("linli receipts"),
            session: sub("linli sessions"),
            request: sub("linli requests"),
            form: sub("linli forms"),
            recovery: sub("linli recovery codes"),
            invitation: sub("linli invitations"),
            contact: sub("linli contacts"),
            backup: sub("linli backups"),
            log: LogKey::new(&sub("linli logs")),
        }
    }

    /// The key that signs checkpoints.
    pub fn log(&self) -> &LogKey {
        &self.log
    }
    /// What seals columns.
    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }
    /// The key that encrypts backups.
    pub fn backup(&self) -> &[u8; 32] {
        &self.backup
    }

    /// Reads the key file, or makes one (readable by its owner only).
    pub fn open_file(path: &Path) -> Result<Self, Fault> {
        Ok(Self::of(&Secrets::open(path)?))
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
            Purpose::Contact => &self.contact,
        };
        hmac(key, parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_differ_by_purpose_and_by_the_borders_of_their_parts() {
        let keys = Keys::derive(&[7; 32]);
        assert_ne!(keys.mac(Purpose::Receipt, &[b"a"]), keys.mac(Purpose::Session, &[b"a"]));
        assert_ne!(keys.mac(Purpose::Request, &[b"ab", b"c"]), keys.mac(Purpose::Request, &[b"a", b"bc"]));
    }
}
