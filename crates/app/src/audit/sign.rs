//! The key that signs checkpoints, and the check of what it signed.
//!
//! One Ed25519 key for the installation, derived from its secret; which log a checkpoint is of stands in its origin.
//! The form is that of a C2SP `signed-note`: four bytes of the key's hash, then the signature.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use linli_domain::audit::checkpoint::{Checkpoint, SignedCheckpoint};
use sha2::{Digest as _, Sha256};

use crate::ids::hex;

/// The algorithm byte of Ed25519 in a note's key.
const ED25519: u8 = 1;
const KEY_HASH: usize = 4;

/// Signs.
pub struct LogKey {
    key: SigningKey,
    public: PublicLogKey,
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(…)")
    }
}

impl LogKey {
    /// From 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let public = key.verifying_key();
        let name = format!("linli/{}", hex(&Sha256::digest(public.as_bytes())[..4]));
        Self { key, public: PublicLogKey { name, key: public } }
    }
    /// What checks its signatures.
    pub fn public(&self) -> &PublicLogKey {
        &self.public
    }
    /// The name of a community's log; another era is another log.
    pub fn origin(&self, slug: &str, era: i64) -> String {
        let slug = if slug.is_empty() { "-" } else { slug };
        match era {
            1 => format!("{}/{slug}", self.public.name),
            era => format!("{}/{slug}/{era}", self.public.name),
        }
    }
    /// Signs a checkpoint.
    pub fn sign(&self, checkpoint: Checkpoint) -> SignedCheckpoint {
        let signature = self.key.sign(checkpoint.body().as_bytes());
        let signature = [&self.public.hash()[..], &signature.to_bytes()[..]].concat();
        SignedCheckpoint { checkpoint, key_name: self.public.name.clone(), signature }
    }
}

/// Checks signatures; may be given to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLogKey {
    name: String,
    key: VerifyingKey,
}

impl PublicLogKey {
    /// As the tools of signed notes read it: `name+hash+key`.
    pub fn text(&self) -> String {
        let key = STANDARD.encode([&[ED25519][..], self.key.as_bytes()].concat());
        format!("{}+{}+{key}", self.name, hex(&self.hash()))
    }
    /// From [`Self::text`].
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.trim().split_once('+')?;
        let (hash, key) = rest.split_once('+')?;
        let key = STANDARD.decode(key).ok()?;
        let (algorithm, key) = key.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let parsed = Self { name: name.to_owned(), key };
        (*algorithm == ED25519 && hex(&parsed.hash()) == hash).then_some(parsed)
    }
    /// True when this key signed it.
    pub fn signed(&self, note: &SignedCheckpoint) -> bool {
        let Some((hash, signature)) = note.signature.split_at_checked(KEY_HASH) else { return false };
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        note.key_name == self.name
            && hash == self.hash()
            && self.key.verify(note.checkpoint.body().as_bytes(), &signature).is_ok()
    }
    fn hash(&self) -> [u8; KEY_HASH] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        std::array::from_fn(|i| digest[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_and_its_words_only() {
        let key = LogKey::new(&[7; 32]);
        let checkpoint = Checkpoint { origin: key.origin("grain-village", 1), size: 54, root: [3; 32] };
        let note = key.sign(checkpoint.clone());
        assert!(key.public().signed(&note));
        assert!(key.public().signed(&SignedCheckpoint::parse(&note.text()).expect("a note")));
        assert!(!LogKey::new(&[8; 32]).public().signed(&note));
        let other = SignedCheckpoint { checkpoint: Checkpoint { size: 55, ..checkpoint }, ..note.clone() };
        assert!(!key.public().signed(&other));
        for cut in 0..note.signature.len() {
            assert!(
                !key.public().signed(&SignedCheckpoint { signature: note.signature[..cut].to_vec(), ..note.clone() })
            );
        }
    }

    #[test]
    fn a_public_key_reads_back() {
        let key = LogKey::new(&[7; 32]);
        assert_eq!(PublicLogKey::parse(&key.public().text()).as_ref(), Some(key.public()));
        assert_eq!(PublicLogKey::parse("linli/x+00000000+AA=="), None);
        assert_ne!(key.origin("grain-village", 1), key.origin("grain-village", 2));
        assert!(key.origin("", 1).ends_with("/-"));
    }
}
