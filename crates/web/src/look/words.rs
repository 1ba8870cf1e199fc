//! Every sentence that a person reads, in two languages, embedded.
//!
//! `zh-CN` is complete first and is what an unknown language gets. A key that is missing shows itself and never panics;
//! a test holds both languages complete and in step.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use linli_domain::audit::{Kind, RecordView};
use linli_domain::commitments::view::Standing;
use linli_domain::matters::Stage;
use linli_domain::refusal::Refusal;
use linli_domain::tasks::TaskStage;
use linli_domain::time::Day;
use linli_domain::voices::{Channel, Verdict};
use unic_langid::LanguageIdentifier;

macro_rules! files {
    ($folder:literal) => {
        files!($folder: "frame", "voices", "matters", "tasks", "commitments", "audit", "people", "privacy", "refusals", "events", "faults", "sheet")
    };
    ($folder:literal: $($file:literal),*) => {
        &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $folder, "/", $file, ".ftl"))),*]
    };
}

/// The languages that pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese, in plain spoken words.
    ZhCn,
    /// English.
    En,
}

impl Lang {
    /// Every language, the first one first.
    pub const ALL: [Lang; 2] = [Lang::ZhCn, Lang::En];

    /// The code in `lang` attributes, cookies and the switch.
    pub fn code(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }
    /// From a code of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Lang> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
    /// The best language for an `Accept-Language` header; Chinese when it names neither.
    pub fn from_header(accept_language: &str) -> Lang {
        let mut best: Option<(f32, Lang)> = None;
        for part in accept_language.split(',').take(32) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            let lang = match tag.split('-').next() {
                Some("zh") => Lang::ZhCn,
                Some("en") => Lang::En,
                _ => continue,
            };
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, lang));
            }
        }
        best.map_or(Lang::ZhCn, |(_, lang)| lang)
    }
    /// The sources of its words.
    pub(super) fn files(self) -> &'static [&'static str] {
        match self {
            Lang::ZhCn => files!("zh-CN"),
            Lang::En => files!("en"),
        }
    }
    /// The one that the switch offers.
    #[must_use]
    pub fn other(self) -> Lang {
        match self {
            Lang::ZhCn => Lang::En,
            Lang::En => Lang::ZhCn,
        }
    }
}

type Book = FluentBundle<FluentResource>;

static ZH_CN: LazyLock<Book> = LazyLock::new(|| bind(Lang::ZhCn));
static EN: LazyLock<Book> = LazyLock::new(|| bind(Lang::En));

/// Puts the files of a language together. What cannot be read in a file is left out; a test holds that nothing is.
fn bind(lang: Lang) -> Book {
    let tag: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut book = Book::new_concurrent(vec![tag]);
    // Marks that isolate a value's direction are letters to a screen reader's copy and to a search; values here are
    // clean by type (`domain::typed`).
    book.set_use_isolating(false);
    for file in lang.files() {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        book.add_resource_overriding(resource);
    }
    book
}

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words {
    lang: Lang,
    book: &'static Book,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.lang).finish()
    }
}

/// A number where it is one, so that plurals work; every other text stays the text it is (a telephone number too).
fn value(text: String) -> FluentValue<'static> {
    // Fluent counts in floating point: beyond fifteen digits a number would not come back as it was.
    match text.parse::<i64>() {
        Ok(number) if text.len() <= 15 && number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> Self {
        let book = match lang {
            Lang::ZhCn => &*ZH_CN,
            Lang::En => &*EN,
        };
        Self { lang, book }
    }
    /// Which language it is.
    pub fn lang(self) -> Lang {
        self.lang
    }
    /// Whether this language has the key itself.
    pub fn has(self, key: &str) -> bool {
        self.book.get_message(key).is_some_and(|message| message.value().is_some())
    }
    /// A sentence without places to fill.
    pub fn t(self, key: &str) -> Cow<'static, str> {
        self.say(key, None)
    }
    /// A sentence with one place to fill.
    pub fn t1(self, key: &str, name: &'static str, filled: impl Display) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value(filled.to_string()));
        self.say(key, Some(&args)).into_owned()
    }
    /// A sentence with several places to fill.
    pub fn with(self, key: &str, filled: &[(&'static str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, text) in filled {
            args.set(*name, value(text.clone()));
        }
        self.say(key, Some(&args)).into_owned()
    }
    fn say(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let pattern = |book: &'static Book| Some((book, book.get_message(key)?.value()?));
        let Some((book, pattern)) = pattern(self.book).or_else(|| pattern(&ZH_CN)) else {
            return Cow::Owned(key.to_owned());
        };
        // A place that nothing filled shows its name; there is nothing better to do while a page is being written.
        let mut faults = Vec::new();
        match args {
            None => book.format_pattern(pattern, None, &mut faults),
            Some(args) => Cow::Owned(book.format_pattern(pattern, Some(args), &mut faults).into_owned()),
        }
    }

    /// Why not, in the reader's words.
    pub fn refusal(self, refusal: &Refusal) -> String {
        self.with(&format!("refusal-{}", refusal.code), &refusal.args)
    }
    /// What happened, for a timeline.
    pub fn event(self, record: &RecordView) -> String {
        self.happened(record.kind, &record.details)
    }
    fn happened(self, kind: Kind, details: &[(String, String)]) -> String {
        let mut args = FluentArgs::new();
        // An entry written by an older release may lack a detail that the sentence of today names.
        for name in ["number", "into", "parent", "solved", "silent", "channel"] {
            args.set(name, "–");
        }
        for (name, text) in details {
            let told = match (name.as_str(), Channel::from_code(text)) {
                ("channel", Some(channel)) => FluentValue::from(self.channel(channel).into_owned()),
                _ => value(text.clone()),
            };
            args.set(name.clone(), told);
        }
        let key = format!("event-{}", kind.code());
        self.say(&key, Some(&args)).into_owned()
    }
    /// What a message tells its reader: short, at the top of the page.
    pub fn message(self, kind: Kind) -> Cow<'static, str> {
        match kind {
            Kind::TaskOffered | Kind::TaskAssigned | Kind::TaskHandedOver => self.t("message-new-task"),
            Kind::VoiceSaid => self.t("message-new-voice"),
            Kind::VoiceDisputed => self.t("message-disputed"),
            Kind::TaskReturned | Kind::TaskOrphaned => self.t("message-returned"),
            other => Cow::Owned(self.happened(other, &[])),
        }
    }
    /// How an entry stands on the public list.
    pub fn standing(self, standing: Standing) -> Cow<'static, str> {
        self.t(&format!("standing-{}", standing.word()))
    }
    /// A role by its code.
    pub fn role(self, code: &str) -> Cow<'static, str> {
        self.t(&format!("role-{code}"))
    }
    /// Where a matter stands, as the desk says it.
    pub fn stage(self, stage: Stage) -> Cow<'static, str> {
        self.t(match stage {
            Stage::Received => "stage-received",
            Stage::Listed => "stage-listed",
            Stage::Working => "stage-working",
            Stage::Awaiting => "stage-awaiting",
            Stage::Disputed => "stage-disputed",
            Stage::Confirmed => "stage-confirmed",
            Stage::NoAnswer => "stage-no_answer",
            Stage::Declined => "stage-declined",
            Stage::Merged => "stage-merged",
        })
    }
    /// Where a task stands.
    pub fn task_stage(self, stage: TaskStage) -> Cow<'static, str> {
        self.t(match stage {
            TaskStage::Offered => "task-stage-offered",
            TaskStage::Assigned => "task-stage-assigned",
            TaskStage::Accepted => "task-stage-accepted",
            TaskStage::Finished => "task-stage-finished",
            TaskStage::Returned => "task-stage-returned",
            TaskStage::Withdrawn => "task-stage-withdrawn",
        })
    }
    /// Through which door words came in.
    pub fn channel(self, channel: Channel) -> Cow<'static, str> {
        self.t(match channel {
            Channel::Web => "channel-web",
            Channel::Telephone => "channel-telephone",
            Channel::Doorstep => "channel-doorstep",
            Channel::Desk => "channel-desk",
            Channel::Paper => "channel-paper",
            Channel::Proxy => "channel-proxy",
            Channel::Hotline => "channel-hotline",
        })
    }
    /// What the one who asked says.
    pub fn verdict(self, verdict: Verdict) -> Cow<'static, str> {
        self.t(match verdict {
            Verdict::Solved => "verdict-solved",
            Verdict::NotSolved => "verdict-not_solved",
        })
    }
    /// A day as people say it.
    pub fn day(self, day: Day) -> String {
        self.with(
            "day",
            &[
                ("year", day.year().to_string()),
                ("month", day.month().to_string()),
                ("day", day.of_month().to_string()),
            ],
        )
    }
    /// A day of the year that the reader is in.
    pub fn near_day(self, day: Day) -> String {
        self.with("near-day", &[("month", day.month().to_string()), ("day", day.of_month().to_string())])
    }
}
