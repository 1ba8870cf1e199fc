//! The public list on A4.

use linli_domain::commitments::view::ListView;

use crate::data::Data;
use crate::fonts::missing_characters;
use crate::typeset::{Laid, forget, lay_out};
use crate::{ListWords, PrintFault};

/// The most entries that one document takes; about a hundred and fifty pages.
pub const MOST_ENTRIES: usize = 3_000;

const TEMPLATE: &str = include_str!("../templates/list.typ");
/// Sheets that an ordinary list is meant to take.
const SHEETS: usize = 3;
/// Type sizes in quarters of a point. A list that needs more than three sheets at the easy size goes down to the floor,
/// which is still read at arm's length, and no further.
const LARGEST: u32 = 14 * 4;
const EASY: u32 = 11 * 4;
const FLOOR: u32 = 10 * 4;
/// Characters of a wording that shall stand on one line: broken lines are slower to read and harder to search.
/// Up to this size that does not hold the type down.
const LINE_EM: f64 = 20.5;
const LINE_FROM: u32 = 12 * 4;
/// White above and below a row, in hundredths of an em: what is left of the last sheet goes in here.
const TIGHT: u32 = 38;
const AIRY: u32 = 80;
/// Beyond this the search costs more than it gives: the floor at once.
const SEARCHED: usize = 300;

/// A printed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The PDF: tagged, PDF/UA-1 when nothing is missing, its text searchable as it was typed.
    pub pdf: Vec<u8>,
    /// Pages of A4.
    pub pages: usize,
    /// The size that the wordings are set in, in points.
    pub type_pt: f64,
    /// Characters that no face can draw; each is printed as an empty box, and kept in the PDF's text.
    pub missing: Vec<char>,
}

/// Prints the whole public list in the largest type that fits three sheets; a longer list in the floor size or a
/// little above it, on as many sheets as it takes.
///
/// Takes 0.2 to 0.5 s for an ordinary list and some seconds for the longest. Fails with [`PrintFault::TooLong`] above
/// [`MOST_ENTRIES`], and with [`PrintFault::Partial`] when `view` is only one page of a list.
pub fn list(view: &ListView, words: &ListWords) -> Result<Sheet, PrintFault> {
    let entries = view.groups.iter().map(|g| g.entries.len()).sum();
    if entries > MOST_ENTRIES {
        return Err(PrintFault::TooLong { entries, most: MOST_ENTRIES });
    }
    if view.next.is_some() {
        return Err(PrintFault::Partial);
    }
    let sheet = print(&mut Data::new(view, words), entries);
    forget();
    sheet
}

fn print(data: &mut Data, entries: usize) -> Result<Sheet, PrintFault> {
    let missing = missing_characters(&json(data)?);
    data.boxes = !missing.is_empty();
    (data.size, data.air) = (points(FLOOR), em(TIGHT));
    let laid = if entries > SEARCHED { lay(data)? } else { largest(data)? };
    Ok(Sheet { pdf: laid.pdf(data.boxes)?, pages: laid.pages(), type_pt: data.size, missing })
}

/// The largest type, then the widest rows, that keep to the sheets of the easy size when these are three or fewer, or
/// else to three, or else to those of the floor. So no sheet is left half white.
fn largest(data: &mut Data) -> Result<Laid, PrintFault> {
    let floor = lay(data)?;
    data.size = points(EASY);
    let easy = lay(data)?;
    let pages = if easy.pages() <= SHEETS { easy.pages() } else { floor.pages().max(SHEETS) };
    let (fits, laid) = if easy.pages() <= pages { (EASY, easy) } else { (FLOOR, floor) };
    // Where the line of 20 characters ends the growth, but never below 12 pt.
    let too_large = (LINE_FROM + 1..=LARGEST).find(|size| data.wording_em(points(*size)) < LINE_EM);
    let laid =
        search(data, laid, pages, (fits, too_large.unwrap_or(LARGEST + 1)), |data, size| data.size = points(size))?;
    search(data, laid, pages, (TIGHT, AIRY + 1), |data, air| data.air = em(air))
}

/// Halves between what fits (`laid`) and what is too much; leaves `data` at the most that fits. Pages never get fewer
/// as type and rows grow.
fn search(
    data: &mut Data,
    laid: Laid,
    pages: usize,
    (mut fits, mut too_large): (u32, u32),
    set: fn(&mut Data, u32),
) -> Result<Laid, PrintFault> {
    let mut best = laid;
    while too_large - fits > 1 {
        let middle = u32::midpoint(fits, too_large);
        set(data, middle);
        let tried = lay(data)?;
        if tried.pages() <= pages {
            (fits, best) = (middle, tried);
        } else {
            too_large = middle;
        }
    }
    set(data, fits);
    Ok(best)
}

fn lay(data: &Data) -> Result<Laid, PrintFault> {
    let laid = lay_out(TEMPLATE, json(data)?.into_bytes());
    // Another size shares nothing with this one: keeping it would cost memory and save no time.
    forget();
    laid
}

fn points(quarters: u32) -> f64 {
    f64::from(quarters) / 4.0
}

fn em(hundredths: u32) -> f64 {
    f64::from(hundredths) / 100.0
}

fn json(data: &Data) -> Result<String, PrintFault> {
    serde_json::to_string(data).map_err(|e| PrintFault::Typesetting(e.to_string()))
}
