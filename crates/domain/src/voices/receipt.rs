//! The receipt code: twenty digits, four of them the community's, sixteen drawn at random.
//!
//! Digits and nothing else, because it is read out over the telephone and typed by people who know no Latin letters.
//! 10¹⁶ possibilities, guessed at most a few times a second, stored only as a keyed hash: see ADR 0005.

use std::fmt;

/// Digits that name the community.
pub const COMMUNITY_DIGITS: usize = 4;
/// Digits drawn at random.
pub const SECRET_DIGITS: usize = 16;
/// One past the largest random part.
pub const SECRET_BOUND: u64 = 10_u64.pow(16);
/// One past the largest ordinal of a community.
pub const ORDINAL_BOUND: i64 = 10_000;

/// A receipt code. It is a secret: not `Display`, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt(String);

impl Receipt {
    /// From the community's ordinal (below [`ORDINAL_BOUND`]) and a random number below [`SECRET_BOUND`].
    pub fn new(ordinal: i64, secret: u64) -> Self {
        Self(format!("{:04}{:016}", ordinal.rem_euclid(ORDINAL_BOUND), secret % SECRET_BOUND))
    }
    /// Reads what somebody typed: spaces, hyphens and full-width digits are fine. `None` unless it is twenty digits.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut digits = String::with_capacity(COMMUNITY_DIGITS + SECRET_DIGITS);
        for c in typed.chars() {
            match c {
                '0'..='9' => digits.push(c),
                '０'..='９' => digits.extend(char::from_digit(u32::from(c) - u32::from('０'), 10)),
                c if c.is_whitespace() || matches!(c, '-' | '－' | '—' | '–' | '.' | '·') => {}
                _ => return None,
            }
            if digits.len() > COMMUNITY_DIGITS + SECRET_DIGITS {
                return None;
            }
        }
        (digits.len() == COMMUNITY_DIGITS + SECRET_DIGITS).then_some(Self(digits))
    }
    /// The ordinal of the community whose receipt this would be.
    pub fn ordinal(&self) -> i64 {
        self.0[..COMMUNITY_DIGITS].parse().unwrap_or(0)
    }
    /// The bare twenty digits, for the keyed hash and for addresses.
    pub fn digits(&self) -> &str {
        &self.0
    }
    /// As it is shown and read out: `0007 1234 5678 9012 3456`.
    pub fn spaced(&self) -> String {
        let mut out = String::with_capacity(24);
        for (i, c) in self.0.chars().enumerate() {
            if i > 0 && i % 4 == 0 {
                out.push(' ');
            }
            out.push(c);
        }
        out
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_however_it_was_typed() {
        let receipt = Receipt::new(7, 1_234_567_890_123_456);
        assert_eq!(receipt.spaced(), "0007 1234 5678 9012 3456");
        assert_eq!(receipt.ordinal(), 7);
        for typed in [
            "00071234567890123456",
            " 0007-1234-5678-9012-3456 ",
            "０００７ 1234 5678 9012 3456",
            "0007　1234 5678 9012 3456",
        ] {
            assert_eq!(Receipt::parse(typed), Some(receipt.clone()), "{typed}");
        }
        for typed in ["", "123", "\0", "0007123456789012345x", "000712345678901234567", "00071234567890123456/.."] {
            assert_eq!(Receipt::parse(typed), None, "{typed:?}");
        }
        assert!(!format!("{receipt:?}").contains("1234"));
    }
}
