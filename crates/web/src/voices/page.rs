//! Saying something, looking it up, and the page of a receipt.

use askama::Template;
use linli_domain::matters::Stage;
use linli_domain::places::CommunityView;
use linli_domain::voices::view::StandingView;
use linli_domain::voices::{Channel, Verdict};

use crate::look::form::Form;
use crate::look::frame::Frame;

/// `GET /{community}/say`.
#[derive(Debug, Template)]
#[template(path = "voices/say.html")]
pub struct SayPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// `text`, `place`, `contact`, `photo`.
    pub form: Form,
}

impl SayPage<'_> {
    /// The optional fields are unfolded when something stands in them or is wrong with them.
    pub fn is_unfolded(&self) -> bool {
        ["place", "contact", "photo"].iter().any(|field| self.form.holds(field) || self.form.fault(field).is_some())
    }
}

/// `GET /{community}/look-up`.
#[derive(Debug, Template)]
#[template(path = "voices/look_up.html")]
pub struct LookUpPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// `code`.
    pub form: Form,
}

/// One step on the way, for the receipt page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// The state in words, for those who cannot see it.
    pub told: String,
    /// What the step is.
    pub text: String,
}

/// `GET /r/{code}`.
#[derive(Debug, Template)]
#[template(path = "voices/receipt.html")]
pub struct ReceiptPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// Where her matter stands.
    pub standing: &'a StandingView,
    /// The bare twenty digits, for addresses.
    pub code: &'a str,
    /// The digits in groups, for eyes and ears.
    pub spaced: &'a str,
    /// She has just said it: the code comes first, large.
    pub fresh: bool,
    /// `reason`; its `verdict` and `round` come from the page.
    pub form: Form,
}

impl ReceiptPage<'_> {
    /// Where it stands, in one sentence.
    pub fn headline(&self) -> String {
        let t = |key: &str| self.frame.t(key).into_owned();
        match (self.standing.stage, self.standing.answer) {
            (Stage::Received, _) => t("where-received"),
            (Stage::Listed, _) => t("where-listed"),
            (Stage::Working, _) => t("where-working"),
            (Stage::Awaiting, Some(Verdict::Solved)) => t("where-answered"),
            (Stage::Awaiting, _) => t("where-awaiting"),
            (Stage::Disputed, _) => t("where-disputed"),
            (Stage::Confirmed, _) => t("where-confirmed"),
            (Stage::NoAnswer, _) => t("where-no-answer"),
            (Stage::Declined, _) => t("where-declined"),
            (Stage::Merged, _) => t("where-merged"),
        }
    }
    /// What happens next, or what she can do.
    pub fn outlook(&self) -> String {
        let t = |key: &str| self.frame.t(key).into_owned();
        match (self.standing.stage, self.standing.answer) {
            (Stage::Received, _) => t("outlook-received"),
            (Stage::Listed, _) => t("outlook-listed"),
            (Stage::Working, _) => t("outlook-working"),
            (Stage::Awaiting, Some(Verdict::Solved)) => t("outlook-answered"),
            (Stage::Awaiting, _) => match &self.standing.answer_by {
                Some(day) => self.frame.t1("outlook-awaiting-by", "day", self.frame.day(day)),
                None => t("outlook-awaiting"),
            },
            (Stage::Disputed, _) => t("outlook-disputed"),
            (Stage::Confirmed, _) => t("outlook-confirmed"),
            (Stage::NoAnswer, _) => t("outlook-no-answer"),
            (Stage::Declined, _) => t("outlook-declined"),
            (Stage::Merged, _) => t("outlook-merged"),
        }
    }
    /// The class that the look of the headline hangs on.
    pub fn look(&self) -> &'static str {
        match self.standing.stage {
            Stage::Confirmed => "done",
            Stage::Awaiting if self.standing.may_answer => "ask",
            Stage::Declined | Stage::NoAnswer => "quiet-end",
            _ => "going",
        }
    }
    /// The way from her words to the red line. Empty for what left that way.
    pub fn steps(&self) -> Vec<StepLine> {
        let keys = ["step-said", "step-listed", "step-working", "step-asked", "step-struck"];
        let reached = match self.standing.stage {
            Stage::Received => 0,
            Stage::Listed | Stage::Disputed => 1,
            Stage::Working => 2,
            Stage::Awaiting => 3,
            Stage::Confirmed => 5,
            Stage::NoAnswer | Stage::Declined | Stage::Merged => return Vec::new(),
        };
        let line = |(at, key): (usize, &str)| {
            let (state, told) = match at.cmp(&reached) {
                std::cmp::Ordering::Less => ("done", "step-is-done"),
                std::cmp::Ordering::Equal => ("now", "step-is-now"),
                std::cmp::Ordering::Greater => ("next", "step-is-next"),
            };
            StepLine { state, told: self.frame.t(told).into_owned(), text: self.frame.t(key).into_owned() }
        };
        keys.into_iter().enumerate().map(line).collect()
    }
    /// Where the photos are.
    pub fn base(&self) -> String {
        format!("/r/{}", self.code)
    }
    /// The address of this page, to copy and to pass on.
    pub fn address(&self) -> String {
        format!("{}/r/{}", self.frame.public_url, self.code)
    }
}

/// Words that the desk has just taken down for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDown {
    /// The receipt code in groups, to read out.
    pub spaced: String,
    /// How the desk's pages name the matter.
    pub matter: String,
}

/// `GET /desk/{community}/say`.
#[derive(Debug, Template)]
#[template(path = "voices/desk_say.html")]
pub struct DeskSayPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// `text`, `place`, `contact`, `channel`.
    pub form: Form,
    /// What was taken down just now.
    pub taken: Option<TakenDown>,
}

impl DeskSayPage<'_> {
    /// The doors that a desk takes words down for; the resident's own page is not one.
    pub fn channels(&self) -> [Channel; 6] {
        DOORS_OF_THE_DESK
    }
}

/// The doors through which the desk takes words and answers down for somebody else.
pub const DOORS_OF_THE_DESK: [Channel; 6] =
    [Channel::Telephone, Channel::Desk, Channel::Doorstep, Channel::Paper, Channel::Proxy, Channel::Hotline];
