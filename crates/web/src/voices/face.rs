//! The pages of saying and answering, after the form was sent.

use axum::response::{IntoResponse as _, Response};
use linli_app::command::{Denied, Here};
use linli_app::voices::Said;
use linli_app::voices::answer::{AnswerVoice, Answered};
use linli_app::voices::record_answer::{RecordAnswer, VoiceAt};
use linli_app::voices::say::SayVoice;
use linli_app::voices::standing::ReceiptAt;
use linli_app::voices::take::{TakeVoice, TakenVoice};
use linli_domain::matters::MatterRef;

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::matters::show::{address_of, redraw};
use crate::problem::render;
use crate::visit::Visit;
use crate::voices::page::{DeskSayPage, SayPage, TakenDown};
use crate::voices::show::standing;

impl Face for SayVoice {
    async fn done(_: &Visit, _: &Here, said: Said, _: &Form) -> Result<Response, Denied> {
        Ok(go(&format!("{}?fresh=1", said.page)))
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let community = visit.here();
        let page = SayPage { frame: visit.frame(), community: &community, form: failed.form.clone() };
        Ok(failed.page(visit, &page))
    }
}

impl Face for AnswerVoice {
    async fn done(_: &Visit, at: &ReceiptAt, _: Answered, _: &Form) -> Result<Response, Denied> {
        Ok(go(&format!("/r/{}", at.code)))
    }
    async fn again(visit: &Visit, at: &ReceiptAt, failed: Failed) -> Result<Response, Denied> {
        let form = failed.form.clone();
        standing(visit, &at.code, false, form, |page| failed.page(visit, page)).await
    }
}

impl Face for TakeVoice {
    /// The code is read out from this very page: it stands in no address of the desk's.
    async fn done(visit: &Visit, _: &Here, taken: TakenVoice, _: &Form) -> Result<Response, Denied> {
        let community = visit.here();
        let form = Form::new(visit.fresh_key(), visit.csrf());
        let taken = Some(TakenDown { spaced: taken.said.receipt_spaced, matter: taken.matter.to_string() });
        Ok(render(&DeskSayPage { frame: visit.frame(), community: &community, form, taken }).into_response())
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let community = visit.here();
        let form = failed.form.clone();
        Ok(failed.page(visit, &DeskSayPage { frame: visit.frame(), community: &community, form, taken: None }))
    }
}

impl Face for RecordAnswer {
    async fn done(visit: &Visit, at: &VoiceAt, _: Answered, _: &Form) -> Result<Response, Denied> {
        // A grid worker takes the answer down at the door and goes on with the round.
        if !visit.frame().reads_desk() {
            return Ok(go("/tasks"));
        }
        let matter = matter_of(visit, at).await?;
        Ok(go(&address_of(visit, matter)))
    }
    async fn again(visit: &Visit, at: &VoiceAt, failed: Failed) -> Result<Response, Denied> {
        if !visit.frame().reads_desk() {
            return Err(failed.denied);
        }
        let matter = matter_of(visit, at).await?;
        redraw(visit, matter, &format!("verdict-{}", at.voice), failed).await
    }
}

async fn matter_of(visit: &Visit, at: &VoiceAt) -> Result<MatterRef, Denied> {
    let matter = visit.web.app.matter_of_voice(&visit.caller(), &visit.here(), at.voice).await?;
    Ok(MatterRef::Id(matter))
}
