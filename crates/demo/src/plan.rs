//! When what happens: each matter's fate as a row of acts, so that everything has happened by now.

use linli_domain::time::Timestamp;
use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::HISTORY_DAYS;
use crate::content::{Fate, Setting};

/// One thing that somebody does.
#[derive(Debug)]
pub(crate) struct Act {
    pub at: Timestamp,
    /// Which community.
    pub scene: usize,
    pub what: What,
}

/// What is done.
#[derive(Debug)]
pub(crate) enum What {
    /// Somebody says a line of the table; `line` is its index from here on.
    Say {
        line: usize,
        words: String,
    },
    /// It gets its number.
    List {
        line: usize,
        group: String,
        category: &'static str,
        wording: String,
    },
    Decline {
        line: usize,
        reason: String,
    },
    Merge {
        line: usize,
        into: usize,
    },
    Attach {
        line: usize,
        parent: usize,
    },
    /// To whoever takes it first, or to the grid worker.
    Dispatch {
        line: usize,
        instruction: String,
        offer: bool,
    },
    Accept {
        line: usize,
    },
    Finish {
        line: usize,
    },
    Answer {
        line: usize,
        solved: bool,
    },
    /// The jobs of one night.
    Night,
}

const DAY_US: i64 = 86_400_000_000;
const HOUR_US: i64 = DAY_US / 24;

/// Every act of one community.
pub(crate) fn acts(scene: usize, setting: &Setting, now: Timestamp, rng: &mut StdRng) -> Vec<Act> {
    let mut acts: Vec<Act> =
        (1..HISTORY_DAYS).map(|day| Act { at: now.plus_days(-day), scene, what: What::Night }).collect();
    let mut starts: Vec<i64> = Vec::with_capacity(setting.lines.len());
    for (n, line) in setting.lines.iter().enumerate() {
        let start = match &line.fate {
            // While its target still stands on the list, soon after it was listed.
            Fate::Merged(into) | Fate::Part(into) => starts[*into] + 1,
            fate => -rng.random_range(window(fate, setting.confirm_days)),
        };
        starts.push(start);
        let mut script = Script { acts: &mut acts, scene, now, last: 0 };
        script.last = moment(now, start, rng).min(-2 * HOUR_US);
        script.matter(n, setting, rng);
    }
    acts
}

/// How many days ago a matter of this fate began.
fn window(fate: &Fate, confirm_days: i64) -> std::ops::Range<i64> {
    match fate {
        Fate::Received => 1..3,
        Fate::Listed => 3..9,
        Fate::Offered | Fate::Assigned => 4..7,
        Fate::Awaiting => 7..9,
        Fate::Working => 60..HISTORY_DAYS - 5,
        Fate::Disputed => 12..40,
        Fate::NoAnswer => confirm_days + 14..HISTORY_DAYS - 2,
        Fate::Declined | Fate::Confirmed | Fate::Merged(_) | Fate::Part(_) => 16..HISTORY_DAYS - 2,
    }
}

/// A moment between eight and five, `day` days from now (negative is before), in microseconds from now.
fn moment(now: Timestamp, day: i64, rng: &mut StdRng) -> i64 {
    let midnight = now.us() - local_us(now.us());
    midnight + day * DAY_US + 8 * HOUR_US + rng.random_range(0..9 * HOUR_US) - now.us()
}

/// Microseconds since midnight in China.
fn local_us(at_us: i64) -> i64 {
    (at_us + 8 * HOUR_US).rem_euclid(DAY_US)
}

/// Nobody rings at night: what falls there waits for the morning.
fn by_day(at_us: i64, rng: &mut StdRng) -> i64 {
    let of_day = local_us(at_us);
    let morning = at_us - of_day + 8 * HOUR_US + rng.random_range(0..2 * HOUR_US);
    match of_day / HOUR_US {
        0..8 => morning,
        8..19 => at_us,
        _ => morning + DAY_US,
    }
}

struct Script<'a> {
    acts: &'a mut Vec<Act>,
    scene: usize,
    now: Timestamp,
    /// The last act of this matter, in microseconds before now (negative).
    last: i64,
}

impl Script<'_> {
    /// The next act, about `hours` later; never in the last hour before now.
    fn then(&mut self, hours: i64, what: What, rng: &mut StdRng) {
        let later = self.last + hours * HOUR_US + rng.random_range(0..HOUR_US);
        self.last = (by_day(self.now.us() + later, rng) - self.now.us()).clamp(self.last, -HOUR_US);
        let at = self.now.plus_us(self.last);
        self.acts.push(Act { at, scene: self.scene, what });
    }

    fn matter(&mut self, line: usize, setting: &Setting, rng: &mut StdRng) {
        let said = &setting.lines[line];
        self.then(0, What::Say { line, words: said.words.clone() }, rng);
        match &said.fate {
            Fate::Received => return,
            Fate::Declined => return self.then(20, What::Decline { line, reason: said.instruction.clone() }, rng),
            Fate::Merged(into) => return self.then(8, What::Merge { line, into: *into }, rng),
            _ => {}
        }
        let wording = said.wording.clone();
        self.then(8, What::List { line, group: said.group.clone(), category: said.category, wording }, rng);
        if let Fate::Part(parent) = said.fate {
            self.then(2, What::Attach { line, parent }, rng);
        }
        let offer = said.fate != Fate::Assigned && rng.random_range(0..3) > 0;
        // Two days on the list: whoever has the same to say is merged in between.
        let dispatch =
            What::Dispatch { line, instruction: said.instruction.clone(), offer: offer || said.fate == Fate::Offered };
        match said.fate {
            Fate::Listed => {}
            Fate::Offered | Fate::Assigned => self.then(40, dispatch, rng),
            Fate::Working | Fate::Part(_) => {
                self.then(48, dispatch, rng);
                self.then(6, What::Accept { line }, rng);
            }
            _ => self.finished(line, said.fate, dispatch, rng),
        }
    }

    fn finished(&mut self, line: usize, fate: Fate, dispatch: What, rng: &mut StdRng) {
        self.then(48, dispatch, rng);
        self.then(5, What::Accept { line }, rng);
        let hours = if fate == Fate::Awaiting { 10 } else { rng.random_range(4..90) };
        self.then(hours, What::Finish { line }, rng);
        match fate {
            Fate::Confirmed => self.then(rng.random_range(3..60), What::Answer { line, solved: true }, rng),
            Fate::Disputed => self.then(rng.random_range(3..40), What::Answer { line, solved: false }, rng),
            _ => {}
        }
    }
}
