//! The desk: which desk, what waits on it, and everything about one matter on one page.

use std::borrow::Cow;

use askama::Template;
use linli_domain::attachments::PhotoView;
use linli_domain::audit::{Kind, RecordView};
use linli_domain::commitments::view::Totals;
use linli_domain::matters::view::{DeskCounts, ListingView, MatterLine, MatterLines, MatterView};
use linli_domain::matters::{Stage, Step};
use linli_domain::notifications::MessageView;
use linli_domain::people::view::{PersonView, PlaceOfWork};
use linli_domain::people::{Permission, Role};
use linli_domain::places::{Category, CommunityView, Group};
use linli_domain::voices::Channel;
use linli_domain::voices::privacy::RevealReason;
use linli_domain::voices::view::{AnswerView, VoiceView};

use crate::look::form::Form;
use crate::look::frame::Frame;
use crate::voices::page::DOORS_OF_THE_DESK;

/// `GET /desk`, for those who keep several.
#[derive(Debug, Template)]
#[template(path = "matters/desks.html")]
pub struct DesksPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Where the reader keeps or reads a desk.
    pub desks: Vec<PlaceOfWork>,
}

impl DesksPage<'_> {
    /// Where a desk is; whoever only looks after accounts is led to the people.
    pub fn address(desk: &PlaceOfWork) -> String {
        let reads = Role::from_code(&desk.role).is_some_and(|role| role.may().contains(Permission::READ_DESK));
        let page = if reads { "" } else { "/people" };
        format!("/desk/{}{page}", desk.community)
    }
}

/// `GET /desk/{community}`.
#[derive(Debug, Template)]
#[template(path = "matters/inbox.html")]
pub struct InboxPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// How many matters stand where.
    pub counts: DeskCounts,
    /// The totals of the public list.
    pub totals: Totals,
    /// A page of matters.
    pub lines: &'a MatterLines,
    /// The stage that is shown; `None` shows what the desk has to do.
    pub stage: Option<Stage>,
    /// What is new, newest first.
    pub messages: &'a [MessageView],
}

impl InboxPage<'_> {
    /// The tabs: stage, and how many.
    pub fn tabs(&self) -> [(Stage, i64); 7] {
        [
            (Stage::Received, self.counts.received),
            (Stage::Disputed, self.counts.disputed),
            (Stage::Listed, self.counts.listed),
            (Stage::Working, self.counts.working),
            (Stage::Awaiting, self.counts.awaiting),
            (Stage::NoAnswer, self.totals.no_answer),
            (Stage::Confirmed, self.totals.confirmed),
        ]
    }
    /// What the desk has to do now.
    pub fn to_do(&self) -> i64 {
        self.counts.received + self.counts.disputed + self.counts.listed
    }
    /// The stage in the address of the next page.
    pub fn stage_code(&self) -> &'static str {
        self.stage.map_or("", Stage::code)
    }
    /// How an address names the matter.
    pub fn address(&self, line: &MatterLine) -> String {
        line.number.map_or_else(|| line.id.to_string(), |number| number.to_string())
    }
}

/// `GET /desk/{community}/matters/{matter}`.
#[derive(Debug, Template)]
#[template(path = "matters/matter.html")]
pub struct MatterPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The matter.
    pub matter: &'a MatterView,
    /// The categories to choose from.
    pub categories: &'a [Category],
    /// The groups to choose from.
    pub groups: &'a [Group],
    /// Whoever can be given work.
    pub people: &'a [PersonView],
    /// The form that is redrawn, or a fresh one. Days are proposed in it when the frame knows today.
    pub form: Form,
    /// Which form that is: the last part of its address (`list`, `edit`, `decline`, `merge`, `attach`, `reopen`,
    /// `tasks`), or `withdraw-{task}`, `verdict-{voice}`, `reveal-{voice}`, `hide-{photo}`; empty when the page is fresh.
    pub about: &'a str,
    /// Somebody else changed it in between: what stands there now. The form keeps what was typed.
    pub stale: Option<&'a ListingView>,
}

/// Days that are proposed for a promise, and for a piece of work.
const PROMISE_DAYS: i64 = 14;
const WORK_DAYS: i64 = 3;

/// Characters of a voice that stand for it while it has no wording.
const BEGINNING_CHARACTERS: usize = 40;

fn beginning(words: &str) -> String {
    let mut begins: String = words.chars().take(BEGINNING_CHARACTERS).collect();
    if words.chars().nth(BEGINNING_CHARACTERS).is_some() {
        begins.push('…');
    }
    begins
}

impl MatterPage<'_> {
    /// How an address names the matter.
    pub fn address(&self) -> String {
        let m = self.matter;
        let name = m.number.map_or_else(|| m.id.to_string(), |number| number.to_string());
        format!("/desk/{}/matters/{name}", self.community.slug)
    }
    /// The community's desk.
    pub fn desk(&self) -> String {
        format!("/desk/{}", self.community.slug)
    }
    /// How the ids of one of several forms begin.
    pub fn prefix(&self, name: &str, id: &impl std::fmt::Display) -> String {
        format!("{name}-{id}-")
    }
    /// Why something happened, where somebody had to say so.
    pub fn reason<'r>(&self, record: &'r RecordView) -> Option<Cow<'r, str>> {
        let (_, reason) = record.details.iter().find(|(name, _)| name == "reason")?;
        let chosen = RevealReason::from_code(reason).filter(|_| record.kind == Kind::ContactRevealed);
        Some(chosen.map_or(Cow::Borrowed(reason.as_str()), |chosen| self.reveal_reason(&chosen)))
    }
    /// Whether the redrawn form is still one that the page shows: things may have moved on meanwhile.
    pub fn is_shown(&self) -> bool {
        match self.about.split_once('-').unwrap_or((self.about, "")) {
            ("list" | "edit", _) => self.may_list() || self.may_edit(),
            ("decline", _) => self.may_decline(),
            ("merge", _) => self.may_merge(),
            ("attach", _) => self.may_attach(),
            ("reopen", _) => self.may_reopen(),
            ("tasks", _) => self.may_dispatch(),
            ("withdraw", id) => self.matter.tasks.iter().any(|task| task.stage.is_live() && task.id.to_string() == id),
            ("reveal", id) => self.matter.voices.iter().any(|v| self.may_reveal(v) && v.id.to_string() == id),
            ("hide", id) => self.may_hide() && self.photos().any(|photo| photo.id.to_string() == id),
            ("verdict", id) => self.matter.voices.iter().any(|v| self.may_answer_for(v) && v.id.to_string() == id),
            _ => false,
        }
    }
    /// The form of a name: the redrawn one with the key that it was sent with, so that sending it again cannot be taken
    /// twice; or an empty one with a key of its own.
    pub fn form_of(&self, name: &str) -> Form {
        if self.is_about(name) { self.form.clone() } else { Form::new(self.form.key_for(name), self.form.csrf.clone()) }
    }
    /// Whether a form is the redrawn one. What was typed to list it goes into the change, once somebody else listed it.
    pub fn is_about(&self, name: &str) -> bool {
        self.about == name || (self.about == "list" && name == "edit" && !self.may_list())
    }
    /// The form of one of several tasks or voices.
    pub fn form_for(&self, name: &str, id: &impl std::fmt::Display) -> Form {
        self.form_of(&format!("{name}-{id}"))
    }
    /// The listing form, filled with what stands on the list, or with proposals.
    pub fn listing_form(&self, name: &str) -> Form {
        let form = self.form_of(name);
        if self.is_about(name) {
            return form;
        }
        match &self.matter.listing {
            Some(now) => form
                .holding("wording", &now.wording)
                .holding("category", now.category.to_string())
                .holding("group", now.group.to_string())
                .holding("responsible", &now.responsible)
                .holding("deadline", now.deadline.to_string()),
            None => form.holding("deadline", self.proposed(PROMISE_DAYS)),
        }
    }
    /// The dispatch form, with a day proposed.
    pub fn dispatch_form(&self) -> Form {
        let form = self.form_of("tasks");
        if self.is_about("tasks") { form } else { form.holding("due", self.proposed(WORK_DAYS)) }
    }
    /// Its public wording, or the beginning of what was said.
    pub fn title(&self) -> String {
        match (&self.matter.listing, self.matter.voices.first()) {
            (Some(listing), _) => listing.wording.clone(),
            (None, Some(voice)) => beginning(&voice.words),
            (None, None) => self.frame.w.stage(self.matter.stage).into_owned(),
        }
    }
    /// The name of a category that was typed, for comparing texts.
    pub fn category_name(&self, id: &str) -> &str {
        self.categories.iter().find(|one| one.id.to_string() == id).map_or("", |one| one.name.as_str())
    }
    /// The name of a group that was typed, for comparing texts.
    pub fn group_name(&self, id: &str) -> &str {
        self.groups.iter().find(|one| one.id.to_string() == id).map_or("", |one| one.name.as_str())
    }
    fn proposed(&self, days: i64) -> String {
        self.frame.today.map(|today| today.plus(days).to_string()).unwrap_or_default()
    }
    fn allows(&self, step: Step) -> bool {
        self.matter.stage.after(step).is_some()
    }
    /// It has no number yet and may get one.
    pub fn may_list(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST) && self.allows(Step::List)
    }
    /// It stands on the list and is open.
    pub fn may_edit(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST)
            && self.matter.listing.is_some()
            && self.matter.number.is_some()
            && self.matter.stage.is_open()
    }
    /// It may be refused, with a reason.
    pub fn may_decline(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST) && self.allows(Step::Decline)
    }
    /// It may become part of another.
    pub fn may_merge(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST)
            && self.allows(Step::Merge)
            && self.matter.parts.is_empty()
            && self.matter.parent.is_none()
    }
    /// It may become a part that has to be done first.
    pub fn may_attach(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST)
            && self.may_edit()
            && self.matter.parts.is_empty()
            && self.matter.parent.is_none()
    }
    /// It may be opened again.
    pub fn may_reopen(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST) && self.allows(Step::Reopen)
    }
    /// Work may be sent out.
    pub fn may_dispatch(&self) -> bool {
        self.frame.may.contains(Permission::DISPATCH) && self.allows(Step::Dispatch)
    }
    /// An answer of this voice may be taken down.
    pub fn may_answer_for(&self, voice: &VoiceView) -> bool {
        self.frame.takes_words() && self.allows(Step::Confirm) && voice.answer.is_none()
    }
    /// Something of this voice is masked and may be uncovered.
    pub fn may_reveal(&self, voice: &VoiceView) -> bool {
        self.frame.may.contains(Permission::REVEAL) && voice.has_more && !voice.uncovered && !voice.erased
    }
    /// What is kept may be shown to its owner, corrected and erased.
    pub fn may_show_held(&self) -> bool {
        self.frame.may.contains(Permission::REVEAL)
    }
    /// A photo may be hidden.
    pub fn may_hide(&self) -> bool {
        self.frame.may.contains(Permission::KEEP_LIST)
    }
    fn photos(&self) -> impl Iterator<Item = &PhotoView> {
        let (voices, tasks) = (self.matter.voices.iter(), self.matter.tasks.iter());
        voices.flat_map(|voice| &voice.photos).chain(tasks.flat_map(|task| &task.photos))
    }
    /// The reasons for uncovering, each a button.
    pub fn reveal_reasons(&self) -> &'static [RevealReason] {
        RevealReason::ALL
    }
    /// What a reason is called.
    pub fn reveal_reason(&self, reason: &RevealReason) -> Cow<'static, str> {
        self.frame.t(&format!("look-{}", reason.code()))
    }
    /// What somebody answered.
    pub fn verdict(&self, answer: &AnswerView) -> Cow<'static, str> {
        self.frame.w.verdict(answer.verdict)
    }
    /// The doors that an answer is taken down for.
    pub fn channels(&self) -> [Channel; 6] {
        DOORS_OF_THE_DESK
    }
    /// How a person is shown among those who can be given work.
    pub fn person(&self, person: &PersonView) -> String {
        self.frame.w.with(
            "dispatch-person",
            &[
                ("name", person.name.clone()),
                ("role", self.frame.w.role(&person.role).into_owned()),
                ("count", person.in_hand.to_string()),
            ],
        )
    }
}
