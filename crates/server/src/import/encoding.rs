//! From the bytes of a file to text.
//!
//! Invariant: no character is ever replaced by a sign for "unreadable". A file is read as a whole in one encoding or
//! refused as a whole, because a name that is silently wrong is worse than a file that has to be saved again.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::FileFault;

/// The most bytes of a file of requests. It is read into memory as a whole; its text takes at most half as much again.
pub const FILE_BYTES_MAX: u64 = 200 << 20;
/// The most bytes of a mapping.
pub const MAPPING_BYTES_MAX: u64 = 1 << 20;

/// The bytes that are looked at to tell UTF-16 without a mark.
const SAMPLE_BYTES: usize = 64 << 10;
/// UTF-16 has a zero byte in each ASCII character; a table has at least one such (a separator, a digit) in 16.
const UNITS_PER_ASCII: usize = 16;
/// U+4E00 (一) and its like put zero bytes on the other side; separators and digits are more frequent than they.
const SIDES_RATIO: usize = 4;

/// A file's text and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `GB18030` (which is also GBK and GB 2312).
    pub encoding: &'static str,
}

/// Reads and decodes a file of at most `most` bytes.
pub fn read(path: &Path, most: u64) -> Result<Decoded, FileFault> {
    let not_readable = |error: std::io::Error| FileFault::NotReadable { detail: error.to_string() };
    let file = File::open(path).map_err(not_readable)?;
    let mut bytes = Vec::new();
    // A pipe has no size, and a file may grow while it is read: the bytes that come are counted.
    file.take(most + 1).read_to_end(&mut bytes).map_err(not_readable)?;
    if bytes.len() as u64 > most {
        return Err(FileFault::TooLarge { most_mib: most >> 20 });
    }
    decode(bytes)
}

/// Decodes the bytes of a file: by its mark, else as UTF-16 where zero bytes say so, else as UTF-8, else as GB18030.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    // `.xlsx` and `.ods` are ZIP files; `.xls` is a compound file. Renaming one to `.csv` is a frequent mistake.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(FileFault::Workbook);
    }
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(undecodable(&["UTF-32"]));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding != encoding_rs::UTF_8 {
            return strictly(encoding, &bytes[mark..]).ok_or_else(|| undecodable(&[encoding.name()]));
        }
        return String::from_utf8(bytes).map(utf8).map_err(|error| damaged(error.as_bytes(), error.utf8_error()));
    }
    let wide = utf16_without_mark(&bytes);
    // Bytes that are not in UTF-16 make letters in it, but hardly ever a line break.
    let decoded = wide.and_then(|encoding| strictly(encoding, &bytes));
    if let Some(decoded) = decoded.filter(|decoded| decoded.text.contains(['\n', '\r'])) {
        return Ok(decoded);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(utf8(text)),
        Err(error) => error,
    };
    // UTF-8 with one bad byte often passes for GBK, and every name in it would be another: weigh before trying.
    if is_mostly_utf8(error.as_bytes()) {
        return Err(damaged(error.as_bytes(), error.utf8_error()));
    }
    strictly(GB18030, error.as_bytes()).ok_or_else(|| {
        let tried: Vec<&'static str> =
            wide.map(Encoding::name).into_iter().chain(["UTF-8", "GBK", GB18030_NAME]).collect();
        undecodable(&tried)
    })
}

/// The name under which people know it; the crate's own is in small letters.
const GB18030_NAME: &str = "GB18030";

/// The number of line breaks: CR LF is one, and so is each of the two alone.
pub(super) fn line_breaks(bytes: &[u8]) -> u64 {
    let mut before = 0;
    let mut breaks = 0;
    for &byte in bytes {
        if byte == b'\r' || (byte == b'\n' && before != b'\r') {
            breaks += 1;
        }
        before = byte;
    }
    breaks
}

fn undecodable(tried: &[&'static str]) -> FileFault {
    FileFault::Undecodable { tried: tried.to_vec(), line: None }
}

fn damaged(bytes: &[u8], error: std::str::Utf8Error) -> FileFault {
    let line = line_breaks(&bytes[..error.valid_up_to()]) + 1;
    FileFault::Undecodable { tried: vec!["UTF-8"], line: Some(line) }
}

/// Without the mark: files that were put together from several may have it more than once.
fn utf8(mut text: String) -> Decoded {
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    text.drain(..marks);
    Decoded { text, encoding: "UTF-8" }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    let name = if encoding == GB18030 { GB18030_NAME } else { encoding.name() };
    Some(Decoded { text, encoding: name })
}

/// Counts zero bytes on either side of the 16-bit units: a few are dirt in a cell, many on one side are UTF-16.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let units = sample.chunks_exact(2);
    let needed = (units.len() / UNITS_PER_ASCII).max(1);
    let (mut first, mut second) = (0, 0);
    for unit in units {
        first += usize::from(unit[0] == 0 && unit[1] != 0);
        second += usize::from(unit[1] == 0 && unit[0] != 0);
    }
    if second >= needed && second > first * SIDES_RATIO {
        Some(UTF_16LE)
    } else if first >= needed && first > second * SIDES_RATIO {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// More of it reads as CJK text in UTF-8 than does not. In GBK almost every Chinese character is malformed UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut cjk, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        cjk += chunk.valid().chars().filter(|c| *c >= '\u{0800}').count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    cjk > broken
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
