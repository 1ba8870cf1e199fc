//! Numbers that reach or name a person: telephones, identity cards, bank cards.
//!
//! Invariant: from each group of figures at most 22 figures are looked at, so the time is linear. Mobile numbers are told by
//! their length and their first two figures only: ranges are handed out anew every few years, a table of them would be
//! wrong the day it is written.

use std::ops::Range;

use crate::signs::{Sign, is_dash, signs};

/// What a run of figures is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Mobile,
    Landline,
    /// 400 and 800 numbers.
    Service,
    Id,
    BankCard,
}

/// A number found in the text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub sort: Sort,
    /// Signs, from the first bracket or plus to the end of the extension.
    pub range: Range<usize>,
    /// Figures (and a final `X`) without any prefix for China or extension.
    pub digits: String,
    pub extension: String,
    /// The first group after it.
    pub next_group: usize,
}

/// A run of figures without a break.
#[derive(Debug, Clone)]
struct Group {
    range: Range<usize>,
    han: bool,
}

/// A text cut into groups of figures.
pub(crate) struct Scan {
    pub signs: Vec<Sign>,
    groups: Vec<Group>,
}

const FIGURES_MAX: usize = 22;
const GAP_MAX: usize = 3;
/// What may follow a count, an amount or a date: such a number is no telephone.
const UNITS: &str = "元万亿千百件亩户人名个年月日天岁米平吨斤公度分秒次条台套份张块级项位路层盏辆棵只页时小点角㎡%℃°km";
/// Before a telephone.
const CUES: &str = "话机拨打码电呼☎✆📞";
/// Before a number of some paper.
const PAPER_CUES: &str = "编单证票账文档案款额￥¥$€№";
/// First two figures of an identity number: provinces (GB/T 2260), and 91 of the permits for foreigners.
const PROVINCES: &str =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91";

/// The value of a figure, Arabic or Chinese as spelt on the telephone.
pub(crate) fn figure(ch: char) -> Option<char> {
    match ch {
        '0'..='9' => Some(ch),
        '〇' | '○' | '零' => Some('0'),
        '一' | '幺' | '壹' => Some('1'),
        '二' | '贰' => Some('2'),
        '三' | '叁' => Some('3'),
        '四' | '肆' => Some('4'),
        '五' | '伍' => Some('5'),
        '六' | '陆' => Some('6'),
        '七' | '柒' => Some('7'),
        '八' | '捌' => Some('8'),
        '九' | '玖' => Some('9'),
        _ => None,
    }
}

fn joins(ch: char) -> bool {
    is_dash(ch) || matches!(ch, ' ' | '\t' | '_' | '.' | '·' | '(' | ')')
}

/// Whether a count's unit or a date's follows.
pub(crate) fn is_unit(ch: char) -> bool {
    UNITS.contains(ch)
}

impl Scan {
    /// Cuts `text` into signs and groups.
    pub(crate) fn new(text: &str) -> Self {
        let signs = signs(text);
        let mut groups: Vec<Group> = Vec::new();
        for (at, sign) in signs.iter().enumerate() {
            if figure(sign.ch).is_none() {
                continue;
            }
            let han = !sign.ch.is_ascii();
            match groups.last_mut() {
                Some(last) if last.range.end == at && last.han == han => last.range.end = at + 1,
                _ => groups.push(Group { range: at..at + 1, han }),
            }
        }
        Self { signs, groups }
    }

    /// The number of groups.
    pub(crate) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The signs of group `index`.
    pub(crate) fn range(&self, index: usize) -> Range<usize> {
        self.groups.get(index).map_or(0..0, |group| group.range.clone())
    }

    /// Whether group `index` is in Chinese figures.
    pub(crate) fn is_han(&self, index: usize) -> bool {
        self.groups.get(index).is_some_and(|group| group.han)
    }

    /// The sign at `at`, if there is one.
    pub(crate) fn ch(&self, at: usize) -> Option<char> {
        self.signs.get(at).map(|sign| sign.ch)
    }

    /// The sign before `at`.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.ch(at))
    }

    /// The figures of the signs `range`.
    pub(crate) fn figures(&self, range: Range<usize>) -> String {
        self.signs.get(range).unwrap_or_default().iter().filter_map(|sign| figure(sign.ch)).collect()
    }

    /// Every number in the text that reaches or names a person, in order and apart from each other.
    pub(crate) fn found(&self) -> Vec<Found> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < self.len() {
            match self.strong(at).or_else(|| self.bare(at, false)) {
                Some(found) => {
                    at = found.next_group;
                    all.push(found);
                }
                None => at += 1,
            }
        }
        all
    }

    /// Groups that can be read as one number from `first` on: each with the sizes and the figures up to it.
    fn chain(&self, first: usize) -> Vec<(usize, Vec<usize>, String)> {
        let mut chain: Vec<(usize, Vec<usize>, String)> = Vec::new();
        let (mut sizes, mut figures) = (Vec::new(), String::new());
        for (index, group) in self.groups.iter().enumerate().skip(first) {
            let apart = index > first && !self.linked(index);
            if apart || figures.len() + group.range.len() > FIGURES_MAX || self.starred(group) {
                break;
            }
            sizes.push(group.range.len());
            figures.push_str(&self.figures(group.range.clone()));
            chain.push((index + 1, sizes.clone(), figures.clone()));
        }
        chain
    }

    /// Whether group `index` and the one before it stand close enough to be one number.
    fn linked(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|at| self.groups.get(at)) else { return false };
        let Some(gap) = self.signs.get(before.range.end..self.range(index).start) else { return false };
        gap.len() <= GAP_MAX && gap.iter().all(|sign| joins(sign.ch))
    }

    /// What is masked already stays as it is.
    fn starred(&self, group: &Group) -> bool {
        self.before(group.range.start) == Some('*') || self.ch(group.range.end) == Some('*')
    }

    /// A number that tells itself by its form, with its extension.
    pub(crate) fn strong(&self, first: usize) -> Option<Found> {
        self.core(first).map(|core| self.dressed(core, first))
    }

    /// The same without bracket and extension. Looking for an extension asks this about the group behind it: if it asked
    /// `strong`, a text of nothing but numbers and 转 would recurse to its end.
    fn core(&self, first: usize) -> Option<Found> {
        let chain = self.chain(first);
        // An identity number's first groups can look like a telephone, so it is tried first.
        let id = chain.iter().find_map(|(next, sizes, figures)| self.id(first, *next, sizes, figures));
        id.or_else(|| chain.iter().find_map(|(next, sizes, figures)| self.phone(first, *next, sizes, figures))).or_else(
            || {
                let (next, _, figures) = chain.iter().find(|(_, sizes, figures)| is_bank_card(sizes, figures))?;
                Some(self.plain(Sort::BankCard, first, *next, figures))
            },
        )
    }

    fn plain(&self, sort: Sort, first: usize, next: usize, digits: &str) -> Found {
        let range = self.range(first).start..self.range(next - 1).end;
        Found { sort, range, digits: digits.to_owned(), extension: String::new(), next_group: next }
    }

    fn id(&self, first: usize, next: usize, sizes: &[usize], figures: &str) -> Option<Found> {
        let even = sizes.iter().all(|size| *size == 1) || sizes.iter().all(|size| *size >= 2);
        let province = figures.get(..2).is_some_and(|two| PROVINCES.split(' ').any(|known| known == two));
        if !even || !province {
            return None;
        }
        let mut found = self.plain(Sort::Id, first, next, figures);
        match figures.len() {
            15 if sizes.iter().all(|size| *size >= 3) => is_day(figures.get(8..12)?).then_some(found),
            18 => (is_century(figures) && is_day(figures.get(10..14)?)).then_some(found),
            17 if is_century(figures) && is_day(figures.get(10..14)?) => {
                let end = found.range.end;
                let x_at = if self.ch(end).is_some_and(joins) { end + 1 } else { end };
                let follows = self.ch(x_at + 1).is_some_and(|ch| ch.is_ascii_alphanumeric());
                if follows || !matches!(self.ch(x_at), Some('x' | 'X' | '×' | 'Χ' | 'Х')) {
                    return None;
                }
                found.range.end = x_at + 1;
                found.digits.push('X');
                Some(found)
            }
            _ => None,
        }
    }

    fn phone(&self, first: usize, next: usize, sizes: &[usize], figures: &str) -> Option<Found> {
        let (sizes, national) = match figures.strip_prefix("0086").or_else(|| figures.strip_prefix("86")) {
            Some(rest) if matches!(sizes, [2 | 4, _, ..]) => (sizes.get(1..)?, rest),
            Some(rest) if sizes.len() == 1 && is_mobile(rest) => (sizes, rest),
            _ => (sizes, figures),
        };
        let abroad = national.len() < figures.len();
        let mobile = if national.starts_with("01") { national.get(1..)? } else { national };
        if is_mobile(mobile) && mobile_shape(sizes) {
            return Some(self.plain(Sort::Mobile, first, next, mobile));
        }
        if !shape_of_threes(sizes) {
            return None;
        }
        if national.len() == 10 && (national.starts_with("400") || national.starts_with("800")) {
            let end = self.range(next - 1).end;
            let counted = self.ch(end).is_some_and(is_unit);
            return (!counted).then(|| self.plain(Sort::Service, first, next, national));
        }
        let with_area = if abroad && !national.starts_with('0') { format!("0{national}") } else { national.to_owned() };
        is_landline(&with_area).then(|| self.plain(Sort::Landline, first, next, &with_area))
    }

    /// Adds the bracket or plus before, and the extension after.
    fn dressed(&self, mut found: Found, first: usize) -> Found {
        if matches!(found.sort, Sort::Id | Sort::BankCard) {
            return found;
        }
        if matches!(self.before(self.range(first).start), Some('(' | '+')) {
            found.range.start -= 1;
        }
        if let Some((end, extension)) = self.extension(found.next_group, found.sort == Sort::Landline) {
            found.range.end = end;
            found.extension = extension;
            found.next_group += 1;
        }
        found
    }

    /// `转8`, `分机 801`, `ext. 8`, and `-801` where `dashed` is allowed, right before group `next`.
    pub(crate) fn extension(&self, next: usize, dashed: bool) -> Option<(usize, String)> {
        let group = self.groups.get(next).filter(|group| group.range.len() <= 6 && !group.han)?;
        let end_before = self.range(next.checked_sub(1)?).end;
        let gap = self.signs.get(end_before..group.range.start).filter(|gap| gap.len() <= 8)?;
        let word: String =
            gap.iter().map(|sign| sign.ch.to_ascii_lowercase()).filter(|ch| !" .:)()".contains(*ch)).collect();
        let told =
            matches!(word.as_str(), "转" | "轉" | "分机" | "转分机" | "内线" | "ext" | "x" | "#" | "," | "p" | "w");
        let by_dash = dashed
            && matches!(gap, [only] if is_dash(only.ch))
            && group.range.len() <= 4
            && !self.linked(next + 1)
            && !self.ch(group.range.end).is_some_and(is_unit);
        // `13900001234，0512-55550123` are two numbers: a comma or a dash must not swallow the start of the second.
        let own = self.core(next).is_some() || (word == "," && self.linked(next + 1));
        ((told || by_dash) && !own).then(|| (group.range.end, self.figures(group.range.clone())))
    }

    /// Seven or eight figures of a town's own network. Outside a contact field (`contact`) such a run is mostly a date, an
    /// amount or a file number, so something must speak for it and nothing against it.
    pub(crate) fn bare(&self, first: usize, contact: bool) -> Option<Found> {
        let chain = self.chain(first);
        let fits = |sizes: &[usize]| matches!(sizes, [7 | 8] | [4 | 3, 4] | [4, 3]);
        // The longer reading first: of `5555 0123` the whole, not the half.
        let (next, sizes, figures) = chain.iter().rev().find(|(_, sizes, _)| fits(sizes))?;
        let start = self.range(first).start;
        let end = self.range(next - 1).end;
        let letter = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphabetic());
        let tied = |index: usize, from: usize| self.linked(index) && self.ch(from).is_some_and(|ch| ch != ' ');
        let against = !matches!(figures.chars().next(), Some('2'..='9'))
            || (first..*next).any(|index| self.is_han(index))
            || self.ch(end).is_some_and(is_unit)
            || letter(self.before(start))
            || letter(self.ch(end))
            || tied(*next, end)
            || (first > 0 && tied(first, self.range(first - 1).end) && self.before(start).is_some_and(|ch| ch != ' '));
        if against {
            return None;
        }
        let near = self.signs.get(start.saturating_sub(8)..start).unwrap_or_default();
        let has = |set: &str| near.iter().any(|sign| set.contains(sign.ch));
        let sure = contact || (has(CUES) && !has(PAPER_CUES)) || self.extension(*next, false).is_some();
        let likely = !has(PAPER_CUES)
            && figures.len() == 8
            && matches!(figures.chars().next(), Some('2'..='8'))
            && !(sizes.len() == 1 && is_date(figures))
            && !(sizes.len() == 2 && is_range(figures))
            && !figures.ends_with("0000");
        (sure || likely).then(|| self.dressed(self.plain(Sort::Landline, first, *next, figures), first))
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// Whether a number with its leading zero has an area code of the right length and seven or eight figures after it.
fn is_landline(digits: &str) -> bool {
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return false,
    };
    let own = digits.get(area..).unwrap_or_default();
    matches!(own.len(), 7 | 8) && matches!(own.as_bytes().first(), Some(b'2'..=b'9'))
}

fn shape_of_threes(sizes: &[usize]) -> bool {
    sizes.len() == 1 || sizes.iter().all(|size| *size >= 3) || sizes.iter().all(|size| *size == 1)
}

/// How people break up eleven figures; a date with a time after it (4-2-2-2…) is not among them.
fn mobile_shape(sizes: &[usize]) -> bool {
    let pairs = sizes.split_last().is_some_and(|(last, rest)| *last <= 3 && rest.iter().all(|size| *size == 2));
    let two = matches!(sizes, [first, second] if *first >= 2 && *second >= 2);
    let threes = sizes.split_last().is_some_and(|(last, rest)| *last >= 2 && rest.iter().all(|size| *size >= 3));
    // 192.168.100.12 has eleven figures too, but no group of four.
    let not_address =
        sizes.len() < 4 || sizes.iter().any(|size| *size >= 4) || pairs || sizes.iter().all(|size| *size == 1);
    (shape_of_threes(sizes) || pairs || two || threes) && not_address
}

fn is_day(month_day: &str) -> bool {
    let month = month_day.get(..2).unwrap_or_default();
    let day = month_day.get(2..4).unwrap_or_default();
    ("01"..="12").contains(&month) && ("01"..="31").contains(&day)
}

fn is_century(id: &str) -> bool {
    matches!(id.get(6..8), Some("18" | "19" | "20"))
}

fn is_date(figures: &str) -> bool {
    matches!(figures.get(..2), Some("19" | "20")) && figures.get(4..8).is_some_and(is_day)
}

/// Two years or two round figures with a dash between them.
fn is_range(figures: &str) -> bool {
    let year = |part: &str| part.starts_with("19") || part.starts_with("20");
    let halves = figures.get(..4).zip(figures.get(4..));
    halves.is_some_and(|(low, high)| (year(low) && year(high)) || (low.ends_with('0') && high.ends_with('0')))
}

/// Sixteen to nineteen figures whose check figure fits (Luhn, ISO/IEC 7812-1).
fn is_bank_card(sizes: &[usize], figures: &str) -> bool {
    if !(16..=19).contains(&figures.len())
        || !shape_of_threes(sizes)
        || !matches!(figures.as_bytes().first(), Some(b'3'..=b'6'))
    {
        return false;
    }
    let sum: u32 = figures
        .chars()
        .rev()
        .filter_map(|ch| ch.to_digit(10))
        .enumerate()
        .map(|(place, value)| if place % 2 == 0 { value } else { value * 2 / 10 + value * 2 % 10 })
        .sum();
    sum.is_multiple_of(10)
}
