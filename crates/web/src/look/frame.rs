//! What surrounds every page: the place, the telephone number, the language switch, and a way past them.

use std::borrow::Cow;
use std::fmt::Display;

use linli_domain::matters::Stage;
use linli_domain::notifications::MessageView;
use linli_domain::people::view::SessionView;
use linli_domain::people::{Permission, Role};
use linli_domain::places::CommunityView;
use linli_domain::tasks::TaskStage;
use linli_domain::time::{Day, Timestamp};
use linli_domain::voices::Channel;

use crate::look::assets;
use crate::look::words::Words;

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The words of the reader's language.
    pub w: Words,
    /// The address of this page, with its query: where the language switch comes back to.
    pub path: String,
    /// The community, where there is one.
    pub community: Option<&'a CommunityView>,
    /// Whoever is signed in.
    pub session: Option<&'a SessionView>,
    /// The token for the frame's own forms (language, sign-out).
    pub csrf: String,
    /// The public address of the instance, without a slash at its end.
    pub public_url: String,
    /// What the reader may do here; a form that would be refused is not shown.
    pub may: Permission,
    /// A sentence about what was just done.
    pub notice: Option<String>,
    /// Today, where the page knows it: days of this year are then said without their year.
    pub today: Option<Day>,
}

impl<'a> Frame<'a> {
    /// A frame without a community and with nobody signed in.
    pub fn new(w: Words, path: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            w,
            path: path.into(),
            community: None,
            session: None,
            csrf: csrf.into(),
            public_url: String::new(),
            may: Permission::EVERYBODY,
            notice: None,
            today: None,
        }
    }
    /// In a community: its name and its telephone number stand on the page.
    #[must_use]
    pub fn within(mut self, community: &'a CommunityView) -> Self {
        self.community = Some(community);
        self
    }
    /// With somebody signed in.
    #[must_use]
    pub fn signed_in(mut self, session: &'a SessionView) -> Self {
        self.session = Some(session);
        self
    }
    /// Read by somebody who may do this here.
    #[must_use]
    pub fn allowed(mut self, may: Permission) -> Self {
        self.may = may;
        self
    }
    /// Whether the reader may take words down for others here.
    pub fn takes_words(&self) -> bool {
        self.may.contains(Permission::TAKE_WORDS)
    }
    /// Whether the reader may read the desk here.
    pub fn reads_desk(&self) -> bool {
        self.may.contains(Permission::READ_DESK)
    }
    /// Whether the reader looks after the people here.
    pub fn keeps_people(&self) -> bool {
        self.may.contains(Permission::KEEP_PEOPLE)
    }
    /// Whether the reader may uncover contacts here.
    pub fn reveals(&self) -> bool {
        self.may.contains(Permission::REVEAL)
    }
    /// Whether the reader may dispatch here.
    pub fn dispatches(&self) -> bool {
        self.may.contains(Permission::DISPATCH)
    }
    /// Read on this day.
    #[must_use]
    pub fn on(mut self, today: Day) -> Self {
        self.today = Some(today);
        self
    }
    /// Telling what was just done.
    #[must_use]
    pub fn telling(mut self, sentence: impl Into<String>) -> Self {
        self.notice = Some(sentence.into());
        self
    }
    /// The code of the language.
    pub fn lang(&self) -> &'static str {
        self.w.lang().code()
    }
    /// The code of the language that the switch offers.
    pub fn other_lang(&self) -> &'static str {
        self.w.lang().other().code()
    }
    /// Where the brand leads.
    pub fn home(&self) -> String {
        self.community.map_or_else(|| "/".to_owned(), |community| format!("/{}", community.slug))
    }
    /// Whether whoever is signed in keeps a desk somewhere.
    pub fn has_desk(&self) -> bool {
        let desk = Permission::READ_DESK | Permission::KEEP_PEOPLE;
        let reads = |code: &str| Role::from_code(code).is_some_and(|role| role.may().intersects(desk));
        self.session.is_some_and(|session| {
            session.places.iter().any(|place| reads(&place.role)) || session.areas.iter().any(|area| reads(&area.role))
        })
    }
    /// The address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::href(name)
    }
    /// A fault as a list of them names it: with the label of its field.
    pub fn fault(&self, field: &str, sentence: &str) -> String {
        let label = match field {
            "text" => "say-text",
            "place" => "say-place",
            "contact" => "say-contact",
            "photo" => "say-photo",
            "code" => "look-up-code",
            "name" => "sign-in-name",
            "password" => "sign-in-password",
            "wording" => "listing-wording",
            "category" => "fact-category",
            "group" => "fact-group",
            "responsible" => "fact-responsible",
            "deadline" => "fact-deadline",
            "instruction" => "dispatch-instruction",
            "holder" => "dispatch-holder",
            "due" => "dispatch-due",
            "into" => "merge-into",
            "parent" => "attach-parent",
            "note" => "task-note",
            "channel" => "on-behalf-channel",
            "verdict" => "on-behalf-verdict",
            "reason" => "fault-field-reason",
            _ => return sentence.to_owned(),
        };
        let filled = [("label", self.t(label).into_owned()), ("sentence", sentence.to_owned())];
        self.with("fault-of-field", &filled)
    }
    /// A telephone number as an address.
    pub fn dial(&self, phone: &str) -> String {
        dial(phone)
    }
    /// See [`Words::t`].
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.w.t(key)
    }
    /// See [`Words::t1`].
    pub fn t1(&self, key: &str, name: &'static str, filled: impl Display) -> String {
        self.w.t1(key, name, filled)
    }
    /// A day as people say it, without the year when it is this one.
    pub fn day(&self, day: &Day) -> String {
        if self.today.is_some_and(|today| today.year() == day.year()) {
            self.w.near_day(*day)
        } else {
            self.w.day(*day)
        }
    }
    /// See [`Words::with`].
    pub fn with(&self, key: &str, filled: &[(&'static str, String)]) -> String {
        self.w.with(key, filled)
    }
    /// See [`Words::message`].
    pub fn message(&self, message: &MessageView) -> Cow<'static, str> {
        self.w.message(message.kind)
    }
    /// See [`Words::stage`].
    pub fn stage(&self, stage: &Stage) -> Cow<'static, str> {
        self.w.stage(*stage)
    }
    /// See [`Words::task_stage`].
    pub fn task_stage(&self, stage: &TaskStage) -> Cow<'static, str> {
        self.w.task_stage(*stage)
    }
    /// See [`Words::channel`].
    pub fn channel(&self, channel: &Channel) -> Cow<'static, str> {
        self.w.channel(*channel)
    }
    /// A day and the time of day, local.
    pub fn moment(&self, at: &Timestamp) -> String {
        let minute = at.minute();
        let clock = minute.split_once(' ').map_or("", |(_, clock)| clock);
        format!("{} {clock}", self.day(&at.day()))
    }
}

/// What can be dialled of a text, and nothing else.
fn dial(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_is_dialled_without_its_spaces() {
        assert_eq!(super::dial("0571-5555 0137"), "057155550137");
        assert_eq!(super::dial("+86 21 \"><script>"), "+8621");
    }
}
