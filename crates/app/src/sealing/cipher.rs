//! Sealing a text for one cell, under the installation's key or under the key of one person's data.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use linli_domain::id::CommunityId;
use linli_store::Fault;

use crate::ids::Randomness;

/// XChaCha20-Poly1305; the key is the only one there is.
const XCHACHA: u8 = 1;
/// The same, with the number of the installation's key behind it.
const NUMBERED: u8 = 2;
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

impl Cell {
    fn aad(self) -> Vec<u8> {
        format!("{}|{}|{}", self.tenant.raw(), self.column, self.row).into_bytes()
    }
    fn damaged(self) -> Fault {
        Fault::Bug(format!("a sealed value of {} does not open", self.column))
    }
}

/// The key of what is known about one voice's owner: once it is gone, so is everything under it.
pub struct DataKey {
    bytes: [u8; 32],
    cipher: XChaCha20Poly1305,
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// A new one.
    pub(crate) fn random(random: &Randomness) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self::of(bytes)
    }
    fn of(bytes: [u8; 32]) -> Self {
        Self { bytes, cipher: XChaCha20Poly1305::new(&Key::from(bytes)) }
    }
    /// Seals a text: algorithm, nonce, ciphertext.
    pub(crate) fn seal(&self, random: &Randomness, cell: Cell, text: &str) -> Result<Vec<u8>, Fault> {
        lock(&self.cipher, random, cell, &[XCHACHA], text.as_bytes())
    }
    /// Opens a text.
    pub(crate) fn open(&self, cell: Cell, sealed: &[u8]) -> Result<String, Fault> {
        let body = sealed.strip_prefix(&[XCHACHA]).ok_or_else(|| cell.damaged())?;
        text(cell, unlock(&self.cipher, cell, body)?)
    }
}

/// The installation's sealing keys: the newest seals, all of them open.
pub struct Sealer {
    keys: Vec<(u8, XChaCha20Poly1305)>,
}

impl Sealer {
    /// With keys by number; the last is the newest.
    pub(crate) fn new(keys: impl IntoIterator<Item = (u8, [u8; 32])>) -> Self {
        let keys = keys.into_iter().map(|(number, key)| (number, XChaCha20Poly1305::new(&Key::from(key)))).collect();
        Self { keys }
    }
    /// The number of the newest key.
    pub(crate) fn newest(&self) -> u8 {
        self.keys.last().map_or(0, |(number, _)| *number)
    }
    /// Seals a text: algorithm, number of the key, nonce, ciphertext.
    pub(crate) fn seal(&self, random: &Randomness, cell: Cell, text: &str) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(random, cell, text.as_bytes())
    }
    /// Opens a text.
    pub(crate) fn open(&self, cell: Cell, sealed: &[u8]) -> Result<String, Fault> {
        text(cell, self.open_bytes(cell, sealed)?)
    }
    /// Wraps a data key for its cell.
    pub(crate) fn wrap(&self, random: &Randomness, cell: Cell, key: &DataKey) -> Result<Vec<u8>, Fault> {
        self.seal_bytes(random, cell, &key.bytes)
    }
    /// Opens a wrapped data key.
    pub(crate) fn open_key(&self, cell: Cell, wrapped: &[u8]) -> Result<DataKey, Fault> {
        let bytes = self.open_bytes(cell, wrapped)?.try_into().map_err(|_| cell.damaged())?;
        Ok(DataKey::of(bytes))
    }
    /// True for what an older key sealed, or the first, before keys had numbers.
    pub(crate) fn is_old(&self, sealed: &[u8]) -> bool {
        sealed.get(..2) != Some(&[NUMBERED, self.newest()])
    }

    fn seal_bytes(&self, random: &Randomness, cell: Cell, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let (number, cipher) = self.keys.last().ok_or_else(|| Fault::Bug("there is no sealing key".into()))?;
        lock(cipher, random, cell, &[NUMBERED, *number], bytes)
    }
    fn open_bytes(&self, cell: Cell, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let (number, body) = match sealed {
            [XCHACHA, body @ ..] => (0, body),
            [NUMBERED, number, body @ ..] => (*number, body),
            _ => return Err(cell.damaged()),
        };
        let (_, cipher) = self.keys.iter().find(|(of, _)| *of == number).ok_or_else(|| cell.damaged())?;
        unlock(cipher, cell, body)
    }
}

fn lock(
    cipher: &XChaCha20Poly1305,
    random: &Randomness,
    cell: Cell,
    head: &[u8],
    bytes: &[u8],
) -> Result<Vec<u8>, Fault> {
    let mut nonce = [0_u8; NONCE];
    random.fill(&mut nonce);
    let aad = cell.aad();
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: bytes, aad: &aad })
        .map_err(|_| Fault::Bug("a text was not sealed".into()))?;
    Ok([head, &nonce, &sealed].concat())
}

fn unlock(cipher: &XChaCha20Poly1305, cell: Cell, body: &[u8]) -> Result<Vec<u8>, Fault> {
    let (nonce, body) = body.split_at_checked(NONCE).ok_or_else(|| cell.damaged())?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| cell.damaged())?;
    let aad = cell.aad();
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &aad }).map_err(|_| cell.damaged())
}

fn text(cell: Cell, bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|_| cell.damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell = Cell { tenant: CommunityId::new(1), column: "voices.contact", row: 5 };

    #[test]
    fn a_sealed_text_opens_in_its_own_cell_only() {
        let random = Randomness::seeded(1);
        let (ours, other) = (Sealer::new([(0, [7; 32])]), Sealer::new([(0, [8; 32])]));
        let key = DataKey::random(&random);
        let sealed = ours.seal(&random, CELL, "13800138000").expect("seals");
        let under = key.seal(&random, CELL, "13800138000").expect("seals");
        let wrapped = ours.wrap(&random, CELL, &key).expect("wraps");
        assert_eq!(ours.open(CELL, &sealed).as_deref(), Ok("13800138000"));
        assert_eq!(ours.open_key(CELL, &wrapped).expect("unwraps").open(CELL, &under).as_deref(), Ok("13800138000"));
        assert!(!sealed.windows(4).chain(under.windows(4)).any(|w| w == b"1380"));
        for elsewhere in [
            Cell { tenant: CommunityId::new(2), ..CELL },
            Cell { row: 6, ..CELL },
            Cell { column: "voices.place", ..CELL },
        ] {
            assert!(ours.open(elsewhere, &sealed).is_err() && key.open(elsewhere, &under).is_err());
            assert!(ours.open_key(elsewhere, &wrapped).is_err());
        }
        for cut in 0..sealed.len() {
            assert!(ours.open(CELL, &sealed[..cut]).is_err());
        }
        assert!(other.open(CELL, &sealed).is_err() && DataKey::random(&random).open(CELL, &under).is_err());
    }

    #[test]
    fn an_older_key_opens_and_the_newest_seals() {
        let random = Randomness::seeded(1);
        let (old, both, new) =
            (Sealer::new([(0, [7; 32])]), Sealer::new([(0, [7; 32]), (1, [9; 32])]), Sealer::new([(1, [9; 32])]));
        let before = old.seal(&random, CELL, "a").expect("seals");
        let after = both.seal(&random, CELL, "b").expect("seals");
        assert_eq!((both.open(CELL, &before).as_deref(), both.open(CELL, &after).as_deref()), (Ok("a"), Ok("b")));
        assert!(both.is_old(&before) && !both.is_old(&after) && both.is_old(&[XCHACHA, 1, 2]));
        assert!(new.open(CELL, &before).is_err() && new.open(CELL, &after).is_ok());
    }
}
