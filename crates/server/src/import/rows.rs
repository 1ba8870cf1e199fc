//! From the text of a table to requests, each with the line on which it stands in the file.
//!
//! The `csv` crate takes the records apart. It counts lines by LF alone and does not say that a quotation mark was left
//! open, so both are found out here: lines from the byte at which a record begins, an open mark by reading the last
//! record once more with a row behind it.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::Path;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::encoding::{self, Decoded, line_breaks};
use super::mapping::Flag;
use super::{FaultyRow, FileFault, Mapping, Outcome, Request, RowFault};

/// The delimiters that are tried; the first wins a draw.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// What a spreadsheet writes into a cell whose value it cannot show.
const CELL_ERRORS: [&str; 7] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#DIV/0!", "#NULL!"];

/// The requests of a file, in its order.
#[derive(Debug)]
pub struct Requests {
    mapping: Mapping,
    records: Records,
    /// Where each column of the mapping stands.
    positions: HashMap<String, usize>,
    /// Cells of the header.
    width: usize,
    /// The lines of the ids that were given out.
    first_lines: HashMap<String, u64>,
    encoding: &'static str,
    /// The first record below the header was read to see that there is one.
    is_first_read: bool,
}

impl Requests {
    /// Reads a file of at most [`encoding::FILE_BYTES_MAX`] bytes and its header.
    pub fn open(path: &Path, mapping: Mapping) -> Result<Self, FileFault> {
        Self::of(encoding::read(path, encoding::FILE_BYTES_MAX)?, mapping)
    }

    /// Reads the header of a text.
    pub fn of(decoded: Decoded, mapping: Mapping) -> Result<Self, FileFault> {
        let names = mapping.column_names();
        let (delimiter, header) = sniff(&decoded.text, &names).ok_or(FileFault::Empty)?;
        let count = |name: &str| header.iter().filter(|cell| cell.as_str() == name).count();
        let those = |fits: fn(usize) -> bool| -> Vec<String> {
            names.iter().filter(|name| fits(count(name))).map(|name| (*name).to_owned()).collect()
        };
        let columns = those(|count| count == 0);
        if !columns.is_empty() {
            return Err(FileFault::MissingColumns { columns });
        }
        let columns = those(|count| count > 1);
        if !columns.is_empty() {
            return Err(FileFault::AmbiguousColumns { columns });
        }
        let mut records = Records::of(decoded.text, delimiter);
        // The header, which is known by now, and the first record below it.
        let has_rows = records.advance().and_then(|_| records.advance());
        if !has_rows.map_err(|error| FileFault::NotReadable { detail: error.to_string() })? {
            return Err(FileFault::NoRows);
        }
        Ok(Self {
            mapping,
            records,
            width: header.len(),
            positions: header.into_iter().enumerate().map(|(at, name)| (name, at)).collect(),
            first_lines: HashMap::new(),
            encoding: decoded.encoding,
            is_first_read: true,
        })
    }

    /// The encoding the file was in.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// The delimiter of its cells: a comma, a tab or a semicolon.
    pub fn delimiter(&self) -> char {
        char::from(self.records.delimiter)
    }

    /// Bytes of the text before the row that was read last, and of the whole text.
    pub fn bytes(&self) -> (u64, u64) {
        (self.records.start as u64, self.records.text().len() as u64)
    }

    /// The cell of a column, unless it is missing, empty or unknown.
    fn cell(&self, column: &str) -> Option<String> {
        let cell = cleaned(self.records.record.get(*self.positions.get(column)?)?);
        let is_known = !cell.is_empty() && !self.mapping.unknown.contains(&cell);
        is_known.then_some(cell)
    }

    fn optional(&self, column: Option<&String>) -> Option<String> {
        column.and_then(|column| self.cell(column))
    }

    fn request(&mut self) -> Result<Request, FaultyRow> {
        let line = self.records.line;
        let external_id = self.cell(&self.mapping.columns.external_id);
        match self.checked(external_id.as_deref()) {
            Ok(request) => {
                self.first_lines.insert(request.external_id.clone(), line);
                Ok(request)
            }
            Err(fault) => Err(FaultyRow { line, external_id, fault }),
        }
    }

    fn checked(&self, external_id: Option<&str>) -> Result<Request, RowFault> {
        let columns = &self.mapping.columns;
        if let Some(last_line) = self.records.unclosed_until() {
            return Err(RowFault::UnclosedQuote { last_line });
        }
        // Empty cells at the end are how a spreadsheet saves a column that was used once.
        let filled = self.records.record.iter().enumerate().filter(|(_, cell)| !is_blank(cell));
        let cells = filled.last().map_or(0, |(at, _)| at + 1);
        if cells > self.width {
            return Err(RowFault::ExtraCells { cells: cells as u64, columns: self.width as u64 });
        }
        let external_id = external_id.ok_or_else(|| RowFault::MissingCell { column: columns.external_id.clone() })?;
        if is_ruined(external_id) {
            return Err(RowFault::RuinedId);
        }
        let text = self.text()?;
        if let Some(&first_line) = self.first_lines.get(external_id) {
            return Err(RowFault::DuplicateId { first_line });
        }
        Ok(Request {
            line: self.records.line,
            external_id: external_id.to_owned(),
            at: self.optional(columns.created_at.as_ref()),
            channel: self.optional(columns.channel.as_ref()),
            property: self.optional(columns.property.as_ref()),
            kinds: columns.kinds.iter().filter_map(|column| self.cell(column)).collect(),
            street: self.optional(columns.street.as_ref()),
            community: self.optional(columns.community.as_ref()),
            place: self.optional(columns.place.as_ref()),
            text,
            unit: self.optional(columns.unit.as_ref()),
            outcome: self.outcome(),
        })
    }

    /// The text of the row, else what the template makes of it.
    fn text(&self) -> Result<String, RowFault> {
        let column = self.mapping.columns.text.as_ref();
        if let Some(text) = self.optional(column) {
            return Ok(text);
        }
        let missing = |column: &str| RowFault::MissingCell { column: column.to_owned() };
        let Some(template) = &self.mapping.text_template else {
            return Err(missing(column.map_or("", |column| column)));
        };
        template.compose(|column| self.cell(column)).map_err(missing)
    }

    fn outcome(&self) -> Outcome {
        let says_so = |flag: &Flag| self.cell(&flag.column).is_some_and(|cell| flag.values.contains(&cell));
        let holds = |flag: &Option<Flag>| flag.as_ref().is_some_and(says_so);
        let flags = &self.mapping.outcome;
        match (holds(&flags.in_time), holds(&flags.late), holds(&flags.open)) {
            (true, false, false) => Outcome::InTime,
            (false, true, false) => Outcome::Late,
            (false, false, true) => Outcome::Open,
            _ => Outcome::Unknown,
        }
    }
}

impl Iterator for Requests {
    type Item = Result<Request, FaultyRow>;

    fn next(&mut self) -> Option<Self::Item> {
        if !std::mem::take(&mut self.is_first_read) {
            match self.records.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(_) => {
                    let line = self.records.line;
                    return Some(Err(FaultyRow { line, external_id: None, fault: RowFault::Unreadable }));
                }
            }
        }
        Some(self.request())
    }
}

/// The records of a text, without those that are blank.
#[derive(Debug)]
struct Records {
    reader: Reader<Cursor<String>>,
    delimiter: u8,
    record: StringRecord,
    /// The byte at which the record begins.
    start: usize,
    /// The line on which it begins, from 1.
    line: u64,
    has_failed: bool,
}

impl Records {
    fn of(text: String, delimiter: u8) -> Self {
        let reader = reader(Cursor::new(text), delimiter);
        Self { reader, delimiter, record: StringRecord::new(), start: 0, line: 1, has_failed: false }
    }

    fn text(&self) -> &str {
        self.reader.get_ref().get_ref()
    }

    /// Goes to the next record; false at the end, and after a failure, which is told once.
    fn advance(&mut self) -> Result<bool, csv::Error> {
        while !self.has_failed {
            let from = self.byte();
            if !self.reader.read_record(&mut self.record).inspect_err(|_| self.has_failed = true)? {
                return Ok(false);
            }
            // The reader stops between CR and LF, and in front of blank lines; no record begins with a line break.
            let rest = &self.text().as_bytes()[from..];
            let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let start = from + blank;
            self.line += line_breaks(&self.text().as_bytes()[self.start..start]);
            self.start = start;
            if !self.record.iter().all(is_blank) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The byte up to which the reader has come.
    fn byte(&self) -> usize {
        let most = self.text().len();
        usize::try_from(self.reader.position().byte()).map_or(most, |byte| byte.min(most))
    }

    /// The last line of the file, if a quotation mark of the record was left open: one more row would be swallowed too.
    fn unclosed_until(&self) -> Option<u64> {
        if self.byte() < self.text().len() {
            return None;
        }
        let tail = self.text()[self.start..].trim_end_matches(['\r', '\n']);
        let probe = tail.as_bytes().chain(&b"\nrow"[..]);
        let is_unclosed = reader(probe, self.delimiter).into_records().count() == 1;
        is_unclosed.then(|| self.line + line_breaks(tail.as_bytes()))
    }
}

/// A reader for which all three line ends end a record and no record has to be as long as another.
fn reader<R: Read>(text: R, delimiter: u8) -> Reader<R> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text)
}

/// The delimiter under which the first row has most of the columns, then most cells; and that row.
fn sniff(text: &str, names: &[&str]) -> Option<(u8, Vec<String>)> {
    let mut best: Option<((usize, usize), u8, Vec<String>)> = None;
    for delimiter in DELIMITERS {
        let rows = reader(text.as_bytes(), delimiter).into_records();
        let header = rows.map_while(Result::ok).find(|row| !row.iter().all(is_blank))?;
        let header: Vec<String> = header.iter().map(cleaned).collect();
        let found = names.iter().filter(|name| header.iter().any(|cell| cell == *name)).count();
        let score = (found, header.len());
        if best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((score, delimiter, header));
        }
    }
    best.map(|(_, delimiter, header)| (delimiter, header))
}

/// True for what surrounds a cell without belonging to it: blanks, control characters, marks no eye can see.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}')
}

fn is_blank(cell: &str) -> bool {
    cell.chars().all(is_padding)
}

/// Trimmed, with one kind of line break, without control characters. What looks like a formula is data.
fn cleaned(cell: &str) -> String {
    let cell = cell.trim_matches(is_padding).replace("\r\n", "\n").replace('\r', "\n");
    cell.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Whether a spreadsheet has overwritten an id: `1.38001E+10`, `3E+17`, `1.38001E10` (as Java writes it), `####`.
///
/// `12E5` is left alone: a letter between digits is an ordinary id, and no program writes a number so.
fn is_ruined(id: &str) -> bool {
    let narrow: String = id.chars().map(narrow).collect();
    if CELL_ERRORS.contains(&narrow.as_str()) || narrow.chars().all(|c| c == '#') {
        return true;
    }
    let Some((mantissa, exponent)) = narrow.split_once('E') else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once(['.', ',']).map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let power = exponent.strip_prefix(['+', '-']);
    let is_number = digits(whole) && fraction.is_none_or(digits) && digits(power.unwrap_or(exponent));
    is_number && (fraction.is_some() || power.is_some())
}

/// The narrow form of a full-width sign (U+FF01 to U+FF5E), in capitals.
fn narrow(c: char) -> char {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        // The minus of mathematics and the ideographic full stop, where an input method has put them.
        '\u{2212}' => '-',
        '\u{3002}' => '.',
        c => c,
    };
    narrow.to_ascii_uppercase()
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
