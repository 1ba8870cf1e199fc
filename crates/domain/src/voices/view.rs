//! What the owner of a voice sees, and what the desk sees of it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::attachments::PhotoView;
use crate::id::VoiceId;
use crate::matters::{MatterNumber, Round, Stage};
use crate::time::{Day, Timestamp};
use crate::voices::{Channel, Verdict};

/// Where somebody's matter stands: the receipt page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StandingView {
    /// The community's address word.
    pub community: String,
    /// What she said; numbers in it are masked, for whoever finds the paper with the receipt.
    pub words: String,
    /// Where, if she said so.
    pub place: Option<String>,
    /// When it arrived.
    pub said_at: Timestamp,
    /// True once she has had her words erased, or their time was over.
    pub erased: bool,
    /// Where the matter stands.
    pub stage: Stage,
    /// True when her words became part of a matter that others had raised too.
    pub joined: bool,
    /// Its number on the public list, once it has one.
    pub number: Option<MatterNumber>,
    /// The public wording, once it has one.
    pub wording: Option<String>,
    /// Who answers for it, once somebody does.
    pub responsible: Option<String>,
    /// Due by the end of this day.
    pub deadline: Option<Day>,
    /// Why it was not taken on.
    pub declined_because: Option<String>,
    /// What those who did the work say they did, in this round.
    pub done_notes: Vec<String>,
    /// Which round of work an answer would belong to.
    pub round: Round,
    /// True when an answer is wanted, or still welcome, now.
    pub may_answer: bool,
    /// The last day before the matter closes without an answer.
    pub answer_by: Option<Day>,
    /// What she answered in this round.
    pub answer: Option<Verdict>,
    /// Her own photos.
    pub photos: Vec<PhotoView>,
    /// Photos of the finished work.
    pub after_photos: Vec<PhotoView>,
}

/// A voice as the desk reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VoiceView {
    /// The voice.
    pub id: VoiceId,
    /// The words; numbers in them are masked unless it is uncovered.
    pub words: String,
    /// Where; a door number is masked unless it is uncovered.
    pub place: Option<String>,
    /// How to reach her; masked unless it is uncovered.
    pub contact: Option<String>,
    /// True while it is uncovered for whoever reads this.
    pub uncovered: bool,
    /// True when something in it is masked, or would be.
    pub has_more: bool,
    /// True once she has had her words erased, or their time was over.
    pub erased: bool,
    /// Through which door.
    pub channel: Channel,
    /// When it arrived.
    pub said_at: Timestamp,
    /// Her photos.
    pub photos: Vec<PhotoView>,
    /// What she answered: in this round while she is asked, else in the last one she was asked in.
    pub answer: Option<AnswerView>,
}

/// An answer as the desk reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnswerView {
    /// Solved or not.
    pub verdict: Verdict,
    /// Through which door; anything but `web` was recorded by somebody else.
    pub channel: Channel,
    /// What she said about it.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}
