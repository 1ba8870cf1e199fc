//! Room and door numbers: `501室`, `3号楼2单元501`, `12-3-501`, `五〇一室`.
//!
//! Invariant: what is found is the number of one household's door. A building, a unit or a floor alone is none, nor is a
//! count of rooms (`2室1厅`).

use std::ops::Range;

use crate::digits::{Scan, figure, is_unit};
use crate::signs::is_dash;

/// What stands between a building's, unit's or floor's number and the room's.
const HEADS: [&str; 17] =
    ["组", "号楼", "号院", "号门", "单元", "栋", "幢", "座", "弄", "楼", "层", "门", "号", "#楼", "#", "梯", "阁"];
/// Words right before a room's number.
const CUES: [&str; 7] = ["房号", "室号", "房间号", "门牌号", "房间", "门牌", "门牌是"];
/// `2号机` and the like are things, not doors.
const THINGS: &str = "楼机电梯车井泵线院门池栋库口位厅箱柜桩表管闸灯馆店铺桌窗球场台坡仓船";
const ROOM_FIGURES_MAX: usize = 4;
/// Rooms of one list that are looked at.
const LISTED_MAX: usize = 8;

/// A number as it stands: its signs, and how many figures.
struct Token {
    range: Range<usize>,
    figures: usize,
    round: bool,
}

/// Ranges of signs that are room numbers, in order.
pub(crate) fn found(scan: &Scan) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < scan.signs.len() {
        let room = room_after_cue(scan, at).or_else(|| from_number(scan, at));
        match room {
            Some(room) if all.last().is_none_or(|last| last.end <= room.start) => {
                let mut end = room.end;
                all.push(room);
                while let Some(next) = another(scan, end) {
                    end = next.range.end;
                    all.push(next.range);
                }
            }
            _ => {}
        }
        // One sign on and no more: a chain such as 3号楼2单元501室 is read link by link.
        at += 1;
    }
    all
}

fn starts(scan: &Scan, at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(offset, ch)| scan.ch(at + offset) == Some(ch))
}

fn skip(scan: &Scan, at: usize, most: usize, pass: impl Fn(char) -> bool) -> usize {
    (at..at + most).find(|at| !scan.ch(*at).is_some_and(&pass)).unwrap_or(at + most)
}

fn is_numeral(ch: char) -> bool {
    figure(ch).is_some() || matches!(ch, '十' | '百')
}

/// The number that begins at `at`, with a letter before or after it; none when it goes on before `at` or is too long.
fn token(scan: &Scan, at: usize) -> Option<Token> {
    let lead = usize::from(scan.ch(at)?.is_ascii_alphabetic() && scan.ch(at + 1).is_some_and(|ch| ch.is_ascii_digit()));
    let from = at + lead;
    let ascii = scan.ch(from)?.is_ascii_digit();
    let same = |ch: char| is_numeral(ch) && ch.is_ascii_digit() == ascii;
    let before_same = scan.before(at).is_some_and(|ch| ch.is_ascii_alphanumeric() && ascii || !ascii && same(ch));
    let end = skip(scan, from, 7, same);
    let figures = end - from;
    if figures == 0 || figures > 6 || before_same || scan.before(at) == Some('*') || scan.ch(end) == Some('*') {
        return None;
    }
    let round = scan.figures(from..end).ends_with("00");
    let letter = scan.ch(end).is_some_and(|ch| ch.is_ascii_alphabetic())
        && !scan.ch(end + 1).is_some_and(|ch| ch.is_ascii_alphanumeric());
    Some(Token { range: at..end + usize::from(letter && ascii), figures, round })
}

/// Whether what follows makes a room of the number before it.
fn room_suffix(scan: &Scan, end: usize) -> bool {
    let at = skip(scan, end, 2, |ch| ch == ' ');
    let at = if scan.ch(at) == Some('号') && matches!(scan.ch(at + 1), Some('室' | '房')) { at + 1 } else { at };
    match scan.ch(at) {
        Some('室') => !matches!(scan.ch(at + 1), Some('内' | '外' | '温')),
        Some('房') => !matches!(scan.ch(at + 1), Some('屋' | '产' | '地' | '源' | '子')),
        _ => false,
    }
}

fn room_after_cue(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let cue = CUES.iter().filter(|cue| starts(scan, at, cue)).max_by_key(|cue| cue.len())?;
    let from = skip(scan, at + cue.chars().count(), 2, |ch| matches!(ch, ' ' | ':' | '是' | '为'));
    let room = token(scan, from)?;
    let counted = scan.ch(room.range.end).is_some_and(is_unit);
    (!counted && room.figures <= ROOM_FIGURES_MAX).then_some(room.range)
}

/// Whether the number before `end` is one of several rooms: `301、302室`, `301-305室`.
fn listed(scan: &Scan, mut end: usize) -> bool {
    for _ in 0..LISTED_MAX {
        if room_suffix(scan, end) {
            return true;
        }
        match another(scan, end) {
            Some(next) => end = next.range.end,
            None => return false,
        }
    }
    false
}

/// The next number of a list of rooms.
fn another(scan: &Scan, end: usize) -> Option<Token> {
    let links =
        |ch: char| is_dash(ch) || matches!(ch, '、' | ',' | '和' | '与' | '及' | '跟' | '至' | '到' | '/' | '~');
    scan.ch(end).filter(|ch| links(*ch))?;
    let next = token(scan, end + 1)?;
    let counted = scan.ch(next.range.end).is_some_and(is_unit);
    ((3..=ROOM_FIGURES_MAX).contains(&next.figures) && !counted && !next.round && !goes_on(scan, next.range.end))
        .then_some(next)
}

/// A room read from the number at `at`: itself, or the one after it.
fn from_number(scan: &Scan, at: usize) -> Option<Range<usize>> {
    let letter_head =
        scan.ch(at)?.is_ascii_alphabetic() && !scan.before(at).is_some_and(|ch| ch.is_ascii_alphanumeric());
    let first = token(scan, at);
    if let Some(first) = &first
        && (3..=6).contains(&first.figures)
        && listed(scan, first.range.end)
    {
        return Some(first.range.clone());
    }
    if let Some(first) = &first
        && let Some(room) = dashed(scan, first)
    {
        return Some(room);
    }
    let end = match first {
        Some(first) => first.range.end,
        None if letter_head => at + 1,
        None => return None,
    };
    after_head(scan, at, end)
}

/// The room after `3号楼`, `2单元`, `B座`, `5楼`.
fn after_head(scan: &Scan, start: usize, end: usize) -> Option<Range<usize>> {
    let at = skip(scan, end, 1, |ch| ch == ' ');
    let head = HEADS.iter().filter(|head| starts(scan, at, head)).max_by_key(|head| head.len())?;
    let after = at + head.chars().count();
    // The 12th of a month is no building.
    if *head == "号" && matches!(scan.before(start), Some('月' | '初')) {
        return None;
    }
    if matches!(*head, "楼" | "层" | "单元" | "号楼")
        && matches!(scan.ch(after), Some('东' | '西' | '中'))
        && scan.ch(after + 1) == Some('户')
    {
        return Some(after..after + 1);
    }
    let from = skip(scan, after, 2, |ch| ch == ' ' || is_dash(ch) || matches!(ch, ',' | '、' | '的'));
    let mut room = token(scan, from)?;
    // 7栋1-402
    if let Some(behind) = after_dash(scan, room.range.end)
        && room.figures <= 2
        && (3..=ROOM_FIGURES_MAX).contains(&behind.figures)
    {
        room = behind;
    }
    let next = room.range.end;
    let by_name = room_suffix(scan, next)
        || (*head != "号" && scan.ch(next) == Some('号') && !scan.ch(next + 1).is_some_and(|ch| THINGS.contains(ch)));
    let headed = HEADS.iter().any(|head| starts(scan, next, head));
    let alone = (3..=ROOM_FIGURES_MAX).contains(&room.figures)
        && !room.round
        && !headed
        && !goes_on(scan, next)
        && !scan.ch(skip(scan, next, 1, |ch| ch == ' ')).is_some_and(is_unit);
    (room.figures <= 6 && (by_name || alone)).then_some(room.range)
}

/// Whether a dash, point or colon and another figure follow.
fn goes_on(scan: &Scan, at: usize) -> bool {
    scan.ch(at).is_some_and(|ch| is_dash(ch) || matches!(ch, '.' | ':' | '/' | ','))
        && scan.ch(at + 1).is_some_and(|ch| ch.is_ascii_digit())
}

/// `12-3-501`, and `12-501` where a word says that somebody lives there.
fn dashed(scan: &Scan, first: &Token) -> Option<Range<usize>> {
    let start = first.range.start;
    if first.figures > 3 || scan.before(start).is_some_and(|ch| is_dash(ch) || matches!(ch, '.' | '/')) {
        return None;
    }
    let second = after_dash(scan, first.range.end)?;
    let (room, parts) = match after_dash(scan, second.range.end) {
        Some(third) if second.figures <= 2 => (third, 3),
        _ => (second, 2),
    };
    let end = room.range.end;
    let counted = scan.ch(skip(scan, end, 1, |ch| ch == ' ')).is_some_and(is_unit);
    if !(3..=ROOM_FIGURES_MAX).contains(&room.figures) || room.round || counted || goes_on(scan, end) {
        return None;
    }
    let told = match parts {
        3 => !is_year(&scan.figures(room.range.clone())),
        _ => lives_there(scan, start, end),
    };
    told.then_some(room.range)
}

fn after_dash(scan: &Scan, at: usize) -> Option<Token> {
    scan.ch(at).filter(|ch| is_dash(*ch))?;
    scan.ch(at + 1).filter(char::is_ascii_digit)?;
    token(scan, at + 1)
}

/// A day-month-year date ends so; a room on the twentieth floor mostly ends in 01 to 09.
fn is_year(figures: &str) -> bool {
    figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20")) && figures.get(2..) > Some("09")
}

fn lives_there(scan: &Scan, start: usize, end: usize) -> bool {
    let before = scan.before(start).is_some_and(|ch| "住家户区苑园村里院府庭湾居城".contains(ch));
    let after = ["业主", "住户", "居民", "的住", "家", "户"].iter().any(|word| starts(scan, end, word));
    before || after
}
