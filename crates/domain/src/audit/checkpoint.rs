//! Checkpoints: size and root of a log, as text that can be signed, printed and scanned.
//!
//! The text is that of C2SP `tlog-checkpoint` (three lines: origin, size, root) inside a C2SP `signed-note`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::tree::Hash;

/// What a log of some size looked like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name that no other log has.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The three lines that are signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }
    /// The first eight bytes of the root, for the eye: `a3f2 91bc 04de 77a1`.
    pub fn fingerprint(&self) -> String {
        let (pairs, _) = self.root[..8].as_chunks::<2>();
        pairs.iter().map(|[a, b]| format!("{a:02x}{b:02x}")).collect::<Vec<_>>().join(" ")
    }
    /// From the three lines; `None` when it is none.
    pub fn parse(body: &str) -> Option<Self> {
        let mut lines = body.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let plain =
            !origin.is_empty() && size.bytes().all(|b| b.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
        let root = STANDARD.decode(root).ok()?.try_into().ok()?;
        plain.then(|| Some(Self { origin: origin.to_owned(), size: size.parse().ok()?, root }))?
    }
}

/// A checkpoint with a signature under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What is signed.
    pub checkpoint: Checkpoint,
    /// The name of the key.
    pub key_name: String,
    /// The first bytes of the key's hash, then the signature.
    pub signature: Vec<u8>,
}

impl SignedCheckpoint {
    /// The whole note, as it is printed and fetched.
    pub fn text(&self) -> String {
        format!("{}\n\u{2014} {} {}\n", self.checkpoint.body(), self.key_name, STANDARD.encode(&self.signature))
    }
    /// Reads a note, as it was fetched or scanned; line ends may have become CR LF on the way.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n");
        let (body, signatures) = text.trim_start().split_once("\n\n")?;
        let line = signatures.lines().find_map(|line| line.strip_prefix("\u{2014} "))?;
        let (name, signature) = line.trim_end().rsplit_once(' ')?;
        let signature = STANDARD.decode(signature).ok()?;
        Some(Self { checkpoint: Checkpoint::parse(body)?, key_name: name.to_owned(), signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_reads_back_as_it_was_written() {
        let checkpoint = Checkpoint { origin: "linli/0a1b2c3d/grain-village".into(), size: 54, root: [7; 32] };
        let signed = SignedCheckpoint { checkpoint, key_name: "linli/0a1b2c3d".into(), signature: vec![1; 68] };
        let text = signed.text();
        assert_eq!(SignedCheckpoint::parse(&text), Some(signed.clone()));
        assert_eq!(SignedCheckpoint::parse(&text.replace('\n', "\r\n")), Some(signed));
        assert!(text.len() <= 230, "{} bytes do not fit a small code", text.len());
    }

    #[test]
    fn what_is_no_note_is_none() {
        let root = STANDARD.encode([7; 32]);
        for bad in ["", "a\n1\n", &format!("a\n01\n{root}\n"), &format!("\n1\n{root}\n"), &format!("a\n-1\n{root}\n")] {
            assert_eq!(Checkpoint::parse(bad), None, "{bad}");
        }
        assert_eq!(SignedCheckpoint::parse(&format!("a\n1\n{root}\n")), None);
    }
}
