//! What is kept about the owner of a voice: her own page, and the desk's for her. And what is kept no longer.

use std::borrow::Cow;

use askama::Template;
use linli_app::voices::forget::ForgettingsView;
use linli_domain::id::VoiceId;
use linli_domain::people::Permission;
use linli_domain::places::CommunityView;
use linli_domain::voices::Channel;
use linli_domain::voices::privacy::{Erasing, FoundVoice, Held, HeldView, LookView};

use crate::look::form::Form;
use crate::look::frame::Frame;
use crate::voices::page::DOORS_OF_THE_DESK;

/// Which door leads to what is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// The receipt: its twenty digits.
    Receipt(String),
    /// The desk.
    Desk(VoiceId),
}

/// `GET /r/{code}/data` and `GET /desk/{community}/voices/{voice}`.
#[derive(Debug, Template)]
#[template(path = "voices/held.html")]
pub struct HeldPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// What is kept.
    pub held: &'a HeldView,
    /// Through which door it is read.
    pub door: Door,
    /// The form that is redrawn, or a fresh one.
    pub form: Form,
    /// Which form that is: `correct` or `erase`; empty when the page is fresh.
    pub about: &'a str,
}

impl HeldPage<'_> {
    /// How the addresses of its forms begin.
    pub fn base(&self) -> String {
        match &self.door {
            Door::Receipt(code) => format!("/r/{code}"),
            Door::Desk(voice) => format!("/desk/{}/voices/{voice}", self.community.slug),
        }
    }
    /// True at the desk.
    pub fn at_desk(&self) -> bool {
        matches!(self.door, Door::Desk(_))
    }
    /// The form of a name: the redrawn one, or an empty one with a key of its own.
    pub fn form_of(&self, name: &str) -> Form {
        if self.about == name { self.form.clone() } else { Form::new(self.form.key_for(name), self.form.csrf.clone()) }
    }
    /// Why somebody looked.
    pub fn why(&self, look: &LookView) -> Cow<'static, str> {
        self.frame.t(&format!("look-{}", look.reason))
    }
    /// What may be erased: nothing twice, and the desk only with the permission.
    pub fn erasings(&self) -> Vec<Erasing> {
        let may = !self.at_desk() || self.frame.may.contains(Permission::ERASE);
        let there = |what: &Erasing| match what {
            Erasing::Contact => self.held.contact.is_some() || self.held.place.is_some(),
            Erasing::Everything => true,
        };
        if !may || self.held.erased_at.is_some() {
            return Vec::new();
        }
        Erasing::ALL.iter().copied().filter(there).collect()
    }
    /// The doors through which the desk hears from her.
    pub fn channels(&self) -> [Channel; 6] {
        DOORS_OF_THE_DESK
    }
}

/// `GET` and `POST /desk/{community}/find`.
#[derive(Debug, Template)]
#[template(path = "voices/find.html")]
pub struct FindPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// `contact`.
    pub form: Form,
    /// What was found; nothing before anybody looked.
    pub found: Option<Vec<FoundVoice>>,
}

impl FindPage<'_> {
    /// How an address names the matter.
    pub fn address(&self, voice: &FoundVoice) -> String {
        voice.number.map_or_else(|| voice.matter.to_string(), |number| number.to_string())
    }
}

/// `GET /desk/{community}/kept`.
#[derive(Debug, Template)]
#[template(path = "voices/kept.html")]
pub struct KeptPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The rules and the report.
    pub report: &'a ForgettingsView,
}

impl KeptPage<'_> {
    /// What a rule is about.
    pub fn kind(&self, held: &Held) -> Cow<'static, str> {
        self.frame.t(&format!("held-{}", held.code()))
    }
}
