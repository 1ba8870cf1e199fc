//! The rights of the owner of a voice on pages: seeing, copying, correcting, withdrawing, erasing; and the desk's part.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use linli_app::attachments::hide::{Hidden, HidePhoto, PhotoAt};
use linli_app::command::{Here, Nothing};
use linli_app::voices::correct::{CorrectVoice, CorrectVoiceFor, Corrected};
use linli_app::voices::erase::{EraseVoice, EraseVoiceFor, Erased};
use linli_app::voices::find_contact::{FindContact, FoundVoices};
use linli_app::voices::forget::ShowForgettings;
use linli_app::voices::held::{ShowHeld, ShowHeldFor};
use linli_app::voices::record_answer::VoiceAt;
use linli_app::voices::reveal::{RevealVoice, Revealed};
use linli_app::voices::standing::ReceiptAt;
use linli_app::{Denied, Fault};
use linli_domain::matters::MatterRef;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::receipt::Receipt;

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::matters::show::{address_of, redraw};
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;
use crate::voices::held_page::{Door, FindPage, HeldPage, KeptPage};

/// `GET /r/{code}/data`.
pub(crate) async fn own(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let at = ReceiptAt { code: asked.param("code")? };
    let form = Form::new(visit.fresh_key(), visit.csrf());
    own_page(&visit, at, form, "", None).await
}

async fn own_page(
    visit: &Visit,
    at: ReceiptAt,
    form: Form,
    about: &str,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let here = visit.here();
    let receipt = Receipt::parse(&at.code).ok_or(VoiceRefusal::NoSuchReceipt)?;
    let held = visit.web.app.ask::<ShowHeld>(&visit.caller(), &here, at, Nothing {}).await?;
    let door = Door::Receipt(receipt.digits().to_owned());
    let page = HeldPage { frame: visit.frame(), community: &here, held: &held, door, form, about };
    Ok(shown(visit, failed, &page))
}

/// `GET /r/{code}/data.json`: the same to take away.
pub(crate) async fn copy(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let at = ReceiptAt { code: asked.param("code")? };
    let held = visit.web.app.ask::<ShowHeld>(&visit.caller(), &visit.here(), at, Nothing {}).await?;
    let text = serde_json::to_string_pretty(&held).map_err(|e| Fault::Bug(e.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"linli-data.json\""),
    ];
    Ok((headers, text).into_response())
}

/// `GET /desk/{community}/voices/{voice}`.
pub(crate) async fn for_owner(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    desk_page(&visit, VoiceAt { voice: asked.param("voice")? }, form, "", None).await
}

async fn desk_page(
    visit: &Visit,
    at: VoiceAt,
    form: Form,
    about: &str,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let here = visit.here();
    let held = visit.web.app.ask::<ShowHeldFor>(&visit.caller(), &here, at, Nothing {}).await?;
    let page =
        HeldPage { frame: visit.frame(), community: &here, held: &held, door: Door::Desk(at.voice), form, about };
    Ok(shown(visit, failed, &page))
}

fn shown(visit: &Visit, failed: Option<&Failed>, page: &impl askama::Template) -> Response {
    match failed {
        Some(failed) => failed.page(visit, page),
        None => render(page).into_response(),
    }
}

macro_rules! rights {
    ($($command:ty as $name:literal at $at:ty => $done:ty, $page:ident, $back:expr;)*) => {$(
        impl Face for $command {
            async fn done(visit: &Visit, at: &$at, _: $done, _: &Form) -> Result<Response, Denied> {
                let back: fn(&Visit, &$at) -> String = $back;
                Ok(go(&back(visit, at)))
            }
            async fn again(visit: &Visit, at: &$at, failed: Failed) -> Result<Response, Denied> {
                $page(visit, at.clone(), failed.form_named($name), $name, Some(&failed)).await
            }
        }
    )*};
}

rights! {
    CorrectVoice as "correct" at ReceiptAt => Corrected, own_page, |_, at| format!("/r/{}/data", at.code);
    EraseVoice as "erase" at ReceiptAt => Erased, own_page, |_, at| format!("/r/{}/data", at.code);
    CorrectVoiceFor as "correct" at VoiceAt => Corrected, desk_page, |visit, at| voice_page(visit, *at);
    EraseVoiceFor as "erase" at VoiceAt => Erased, desk_page, |visit, at| voice_page(visit, *at);
}

fn voice_page(visit: &Visit, at: VoiceAt) -> String {
    format!("/desk/{}/voices/{}", visit.here().slug, at.voice)
}

impl Face for RevealVoice {
    async fn done(visit: &Visit, at: &VoiceAt, _: Revealed, _: &Form) -> Result<Response, Denied> {
        let matter = visit.web.app.matter_of_voice(&visit.caller(), &visit.here(), at.voice).await?;
        Ok(go(&format!("{}#v{}", address_of(visit, MatterRef::Id(matter)), at.voice)))
    }
    async fn again(visit: &Visit, at: &VoiceAt, failed: Failed) -> Result<Response, Denied> {
        let matter = visit.web.app.matter_of_voice(&visit.caller(), &visit.here(), at.voice).await?;
        redraw(visit, MatterRef::Id(matter), &format!("reveal-{}", at.voice), failed).await
    }
}

impl Face for HidePhoto {
    async fn done(visit: &Visit, _: &PhotoAt, hidden: Hidden, _: &Form) -> Result<Response, Denied> {
        Ok(go(&address_of(visit, MatterRef::Id(hidden.matter))))
    }
    async fn again(visit: &Visit, at: &PhotoAt, failed: Failed) -> Result<Response, Denied> {
        let matter = visit.web.app.matter_of_photo(&visit.caller(), &visit.here(), at.photo).await?;
        redraw(visit, MatterRef::Id(matter), &format!("hide-{}", at.photo), failed).await
    }
}

/// `GET /desk/{community}/find`.
pub(crate) async fn find(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let form = Form::new(visit.fresh_key(), visit.csrf());
    Ok(render(&FindPage { frame: visit.frame(), community: &here, form, found: None }).into_response())
}

impl Face for FindContact {
    /// What was looked for stands in no address: numbers do not belong into the histories of browsers.
    async fn done(visit: &Visit, _: &Here, found: FoundVoices, form: &Form) -> Result<Response, Denied> {
        let here = visit.here();
        let form = Form::new(visit.fresh_key(), visit.csrf()).holding("contact", form.value("contact"));
        let page = FindPage { frame: visit.frame(), community: &here, form, found: Some(found.voices) };
        Ok(render(&page).into_response())
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let here = visit.here();
        let page = FindPage { frame: visit.frame(), community: &here, form: failed.form.clone(), found: None };
        Ok(failed.page(visit, &page))
    }
}

/// `GET /desk/{community}/kept`.
pub(crate) async fn kept(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let report = visit.web.app.ask::<ShowForgettings>(&visit.caller(), &here, Here {}, Nothing {}).await?;
    Ok(render(&KeptPage { frame: visit.frame(), community: &here, report: &report }).into_response())
}
