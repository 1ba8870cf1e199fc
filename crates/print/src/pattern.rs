//! Sentences with places to fill: `截至 {date}`.

use linli_domain::time::Day;
use serde::Serialize;

/// A piece of a sentence; what was filled in is set bold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were filled in.
    pub filled: bool,
}

/// Splits `pattern` at its `{name}`s and fills them, in one pass: a value that looks like a place is not filled again.
/// Unknown names stay as they are, so that a wrong pattern is seen at once.
pub fn pieces(pattern: &str, values: &[(&str, &str)]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut plain = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        plain.push_str(before);
        let hit = values.iter().find_map(|(name, value)| {
            let after = from.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
            Some((*value, after))
        });
        if let Some((value, after)) = hit {
            out.push(Piece { text: std::mem::take(&mut plain), filled: false });
            out.push(Piece { text: value.to_owned(), filled: true });
            rest = after;
        } else {
            plain.push('{');
            rest = from.strip_prefix('{').unwrap_or_default();
        }
    }
    plain.push_str(rest);
    out.push(Piece { text: plain, filled: false });
    out.retain(|piece| !piece.text.is_empty());
    out
}

/// [`pieces`] in one string.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    pieces(pattern, values).into_iter().map(|piece| piece.text).collect()
}

/// A day in the pattern of the language: `{iso}`, or `{year}`, `{month}` and `{day}` without leading zeros.
pub fn day(pattern: &str, day: Day) -> String {
    let (year, month, of_month) = (day.year().to_string(), day.month().to_string(), day.of_month().to_string());
    fill(pattern, &[("iso", &day.to_string()), ("year", &year), ("month", &month), ("day", &of_month)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_value_is_never_filled_again() {
        assert_eq!(
            fill("打 {phone} 或到{office}", &[("phone", "{office}"), ("office", "村部")]),
            "打 {office} 或到村部"
        );
        assert_eq!(fill("{what} {{phone}", &[("phone", "1")]), "{what} {1");
    }

    #[test]
    fn filled_pieces_are_told_from_the_sentence() {
        let got = pieces("打 {phone}。", &[("phone", "0571")]);
        assert_eq!(
            got.iter().map(|p| (p.text.as_str(), p.filled)).collect::<Vec<_>>(),
            [("打 ", false), ("0571", true), ("。", false)]
        );
    }
}
