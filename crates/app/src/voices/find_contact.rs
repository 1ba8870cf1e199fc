//! Who is calling: the voices that a number was left with, found by its keyed hash, without opening any of them.

use linli_domain::audit::{Event, Kind};
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Line};
use linli_domain::voices::CONTACT_MAX;
use linli_domain::voices::privacy::FoundVoice;
use linli_store::{Stop, voices};
use linli_text::redact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Here, Recorded};
use crate::voices::personal::index;

/// Voices shown at once, newest first.
const MOST: i64 = 50;

/// The number or the words that were left as a contact.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindContactInput {
    /// As it is read from a display or heard.
    pub contact: String,
}

/// Finds the voices that a contact was left with. It is a command because it is recorded: whoever looks is known.
#[derive(Debug)]
pub struct FindContact {
    contact: Line,
}

/// What was found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FoundVoices {
    /// Newest first, fifty at most.
    pub voices: Vec<FoundVoice>,
}

impl Command for FindContact {
    const NAME: &'static str = "find-contact";
    const MAY: Permission = Permission::REVEAL;
    type At = Here;
    type Input = FindContactInput;
    type Done = FoundVoices;

    fn parse(_: &Here, input: &FindContactInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let contact = fields.take("contact", Line::parse(&input.contact, CONTACT_MAX));
        fields.done(|| Some(Self { contact: contact? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<FoundVoices>, Stop> {
        let tenant = cx.community.id;
        let index = index(cx.app, tenant, self.contact.as_str());
        let rows = voices::with_contact(cx.tx, tenant, Some(&index), MOST).await?;
        let seen = |row: &(linli_domain::id::VoiceId, linli_domain::id::MatterId, _, _, _, _)| {
            Event::of_matter(Kind::ContactLookedUp, row.1).about(row.0.raw())
        };
        let events: Vec<Event> = rows.iter().map(seen).collect();
        let voices = rows
            .into_iter()
            .map(|(_, matter, number, stage, said_at, words)| {
                let words = redact::masked_numbers(&words);
                FoundVoice { matter, number, stage, said_at, words }
            })
            .collect();
        let nothing = Event::of(Kind::ContactLookedUp, 0).with("found", events.len());
        Ok(Recorded::with(FoundVoices { voices }, nothing, events))
    }
}
