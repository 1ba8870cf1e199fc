//! What the template of the list reads: the view with its words put in, ready to print.

use linli_domain::audit::view::CheckpointView;
use linli_domain::commitments::view::{EntryView, GroupView, ListView, Standing};
use serde::Serialize;

use crate::fonts::{FACES, turns_direction};
use crate::pattern::{Piece, day, fill, pieces};
use crate::qr::qr_svg;
use crate::words::{LegendLine, ListWords, StandingWords};

/// The list as JSON for `list.typ`. Lengths are in em of the list's own type.
#[derive(Debug, Serialize)]
pub struct Data {
    lang: String,
    region: Option<String>,
    family: &'static str,
    /// Points; set by the search for the largest that fits.
    pub size: f64,
    /// White above and below a row.
    pub air: f64,
    community: String,
    title: String,
    as_of: String,
    heads: [String; 5],
    widths: Widths,
    totals: Vec<Figure>,
    legend: Vec<Sample>,
    groups: Vec<Group>,
    continued: String,
    page_of: String,
    how_to_object: Vec<Piece>,
    checkpoint: Option<Mark>,
    empty: String,
    /// Whether characters without a glyph are among these words.
    pub boxes: bool,
}

/// The code that holds the list against the log.
#[derive(Debug, Serialize)]
struct Mark {
    svg: String,
    words: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct Widths {
    number: f64,
    responsible: f64,
    deadline: f64,
    standing: f64,
}

#[derive(Debug, Serialize)]
struct Figure {
    label: String,
    count: String,
    look: Look,
}

#[derive(Debug, Serialize)]
struct Sample {
    shown: String,
    meaning: String,
    look: Look,
}

#[derive(Debug, Serialize)]
struct Group {
    name: Vec<String>,
    tally: String,
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    number: String,
    wording: Vec<String>,
    responsible: Vec<Part>,
    /// In em; only for the width of its column.
    #[serde(skip)]
    responsible_wide: f64,
    deadline: String,
    standing: String,
    closed: Option<String>,
    look: Look,
    /// Whether its row may go on over the page; only one that might not fit on any.
    long: bool,
}

/// One of the words of 村电工 周有田: a name is not torn apart while it fits its column.
#[derive(Debug, Serialize)]
struct Part {
    text: Vec<String>,
    whole: bool,
}

/// How it is drawn; each look differs from the others without colour too.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Look {
    Plain,
    Open,
    Disputed,
    Struck,
    NoAnswer,
    Merged,
}

impl Look {
    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Listed | Standing::Working | Standing::Awaiting => Self::Open,
            Standing::Disputed => Self::Disputed,
            Standing::Confirmed => Self::Struck,
            Standing::NoAnswer => Self::NoAnswer,
            Standing::Merged => Self::Merged,
        }
    }
}

impl Data {
    /// Puts the words into the view.
    pub fn new(view: &ListView, words: &ListWords) -> Self {
        let (lang, region) = language(&words.lang);
        let groups: Vec<Group> =
            view.groups.iter().filter(|g| !g.entries.is_empty()).map(|g| group(g, words)).collect();
        let heads = [&words.number, &words.wording, &words.responsible, &words.deadline, &words.standing];
        let heads = heads.map(|head| clean(head));
        let widths = Widths::of(&heads, &groups);
        let as_of = [("date", day(&words.day, view.as_of.day())), ("minute", view.as_of.minute())];
        let (phone, office) = (clean(&view.phone), clean(&view.office));
        Self {
            lang,
            region,
            family: &FACES.family,
            size: 0.0,
            air: 0.0,
            community: clean(&view.community),
            title: clean(&words.title),
            as_of: fill(&words.as_of, &as_of.each_ref().map(|(name, value)| (*name, value.as_str()))),
            heads,
            widths,
            totals: totals(view, words),
            legend: legend(words),
            groups,
            continued: clean(&words.continued),
            page_of: words.page_of.clone(),
            how_to_object: pieces(&words.how_to_object, &[("phone", &phone), ("office", &office)]),
            checkpoint: view.checkpoint.as_ref().and_then(|checkpoint| mark(checkpoint, words)),
            empty: clean(&words.empty),
            boxes: false,
        }
    }

    /// How wide the column of the wordings is at this size, in em.
    pub fn wording_em(&self, size: f64) -> f64 {
        let Widths { number, responsible, deadline, standing } = self.widths;
        TEXT_PT / size - (number + responsible + deadline + standing) - 10.0 * GUTTER
    }
}

/// `zh-CN` → `zh` and `CN`; the typesetter refuses other shapes, and a wrong tag must not cost the sheet.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['-', '_']);
    let is_code = |p: &&str, most: usize| (2..=most).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic());
    let lang = parts.next().filter(|p| is_code(p, 3)).unwrap_or("zh").to_ascii_lowercase();
    let region = parts.next_back().filter(|p| is_code(p, 2)).map(str::to_ascii_uppercase);
    (lang, region)
}

/// A checkpoint that is too long for a code is a fault of ours, and must not cost the sheet.
fn mark(checkpoint: &CheckpointView, words: &ListWords) -> Option<Mark> {
    let size = checkpoint.size.to_string();
    let words = pieces(&words.checkpoint, &[("size", &size), ("fingerprint", &checkpoint.fingerprint)]);
    Some(Mark { svg: qr_svg(&checkpoint.note).ok()?, words })
}

fn totals(view: &ListView, words: &ListWords) -> Vec<Figure> {
    let (labels, figures) = (&words.totals, &view.totals);
    [
        (&labels.listed, figures.listed, Look::Plain),
        (&labels.open, figures.open, Look::Open),
        (&labels.confirmed, figures.confirmed, Look::Struck),
        (&labels.no_answer, figures.no_answer, Look::NoAnswer),
        (&labels.merged, figures.merged, Look::Merged),
    ]
    .map(|(label, figure, look)| Figure { label: clean(label), count: figure.to_string(), look })
    .into()
}

fn legend(words: &ListWords) -> Vec<Sample> {
    let lines = &words.legend;
    let line = |line: &LegendLine, look| Sample { shown: clean(&line.sample), meaning: clean(&line.meaning), look };
    vec![
        line(&lines.open, Look::Open),
        line(&lines.confirmed, Look::Struck),
        line(&lines.no_answer, Look::NoAnswer),
        line(&lines.merged, Look::Merged),
    ]
}

fn group(view: &GroupView, words: &ListWords) -> Group {
    let own = view.entries.iter().filter(|e| e.standing != Standing::Merged).count();
    let (confirmed, own) = (view.struck_off().to_string(), own.to_string());
    Group {
        name: soften(&clean(&view.name), 40),
        tally: fill(&words.group_tally, &[("confirmed", &confirmed), ("entries", &own)]),
        entries: view.entries.iter().map(|e| entry(e, words)).collect(),
    }
}

fn entry(view: &EntryView, words: &ListWords) -> Entry {
    let responsible = clean(&view.responsible);
    let part = |part: &str| Part { text: soften(part, 10), whole: wide(part) <= MOST_RESPONSIBLE };
    Entry {
        number: view.number.to_string(),
        wording: soften(&clean(&view.wording), 24),
        responsible: responsible.split(' ').map(part).collect(),
        responsible_wide: wide(&responsible),
        deadline: day(&words.day, view.deadline),
        standing: word(view, &words.standings),
        closed: view.closed_on.map(|closed| day(&words.day, closed)),
        look: Look::of(view.standing),
        long: view.wording.len() > 1_200 || responsible.len() > 240,
    }
}

fn word(view: &EntryView, words: &StandingWords) -> String {
    let word = match view.standing {
        Standing::Listed => &words.listed,
        Standing::Working => &words.working,
        Standing::Awaiting => &words.awaiting,
        Standing::Disputed => &words.disputed,
        Standing::Confirmed => &words.confirmed,
        Standing::NoAnswer => &words.no_answer,
        Standing::Merged => &words.merged_into,
    };
    let into = view.merged_into.map(|number| number.to_string()).unwrap_or_default();
    clean(&fill(word, &[("number", &into)]))
}

/// One line of text in the order it was typed: signs that turn the direction would turn the words of the sheet round
/// and cannot be seen on paper; line ends become spaces.
fn clean(text: &str) -> String {
    let kept = text.chars().filter(|c| !turns_direction(*c));
    let line: String =
        kept.map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// Cuts a run of letters without a place to break (the address of a page, say) after every `most` characters: the
/// template lets a line end there instead of running over the next column. Not by zero-width spaces, which would be
/// copied and searched with the text.
fn soften(text: &str, most: usize) -> Vec<String> {
    let mut run = 0;
    let mut pieces = vec![String::new()];
    for c in text.chars() {
        // From here on in Unicode a line may break at nearly any character.
        let breaks = c.is_whitespace() || c >= '\u{2e80}';
        run = if breaks { 0 } else { run + 1 };
        if run > most {
            pieces.push(String::new());
            run = 1;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

impl Widths {
    /// As wide as the widest text of a column, up to a cap; the wordings get the rest. Not left to the typesetter:
    /// one long name would leave nothing for the wordings.
    fn of(heads: &[String; 5], groups: &[Group]) -> Self {
        let [number, _, responsible, deadline, standing] = heads;
        let mut widths = Self {
            number: wide(number) * HEAD,
            responsible: wide(responsible) * HEAD,
            deadline: wide(deadline) * HEAD,
            standing: wide(standing) * HEAD,
        };
        for entry in groups.iter().flat_map(|g| &g.entries) {
            widths.number = widths.number.max(wide(&entry.number));
            widths.responsible = widths.responsible.max(entry.responsible_wide);
            widths.deadline = widths.deadline.max(wide(&entry.deadline) * SECONDARY);
            let closed = entry.closed.as_deref().map_or(0.0, wide) * SMALL;
            widths.standing = widths.standing.max((wide(&entry.standing) + SEAL) * SECONDARY).max(closed);
        }
        Self {
            number: widths.number.clamp(1.4, 5.0),
            responsible: widths.responsible.clamp(3.0, MOST_RESPONSIBLE),
            deadline: widths.deadline.clamp(3.0, 6.7),
            standing: widths.standing.clamp(3.0, 5.4),
        }
    }
}

/// From margin to margin in `list.typ`: 188 mm in points; and the white on each side of a cell, in em.
const TEXT_PT: f64 = 188.0 / 25.4 * 72.0;
const GUTTER: f64 = 0.35;
/// Sizes of `list.typ` relative to the wordings: column heads, deadline and standing, the day of closing.
const HEAD: f64 = 0.78;
const SECONDARY: f64 = 0.88;
const SMALL: f64 = 0.7;
const MOST_RESPONSIBLE: f64 = 6.4;
/// The frame around a closed entry's word.
const SEAL: f64 = 0.75;

/// About how wide a text is, in em; never too narrow for these faces' bold.
fn wide(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            '\u{1100}'.. => 1.0,
            'i' | 'j' | 'l' | 't' | 'f' | ' ' | '.' | ',' | '-' | '\'' => 0.38,
            'm' | 'w' | 'M' | 'W' | '@' => 0.95,
            'A'..='Z' => 0.7,
            _ => 0.565,
        })
        .sum()
}
