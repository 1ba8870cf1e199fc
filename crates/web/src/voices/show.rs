//! The pages of a voice: saying it, looking it up, and where it stands.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::attachments::show::{PhotoInput, ReceiptPhotoAt, ShowReceiptPhoto, Size};
use linli_app::command::Nothing;
use linli_app::voices::standing::{ReceiptAt, ShowStanding};
use linli_domain::refusal::CommonRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::receipt::Receipt;

use crate::face::go;
use crate::look::form::Form;
use crate::problem::{render, status_of};
use crate::routes::Asked;
use crate::sent::Sent;
use crate::visit::Visit;
use crate::voices::page::{DeskSayPage, LookUpPage, ReceiptPage, SayPage};

/// `GET /{community}/say`.
pub(crate) async fn say(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let community = visit.here();
    let form = Form::new(visit.fresh_key(), visit.csrf());
    Ok(render(&SayPage { frame: visit.frame(), community: &community, form }).into_response())
}

/// `GET /desk/{community}/say`.
pub(crate) async fn desk_say(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let community = visit.here();
    let form = Form::new(visit.fresh_key(), visit.csrf());
    Ok(render(&DeskSayPage { frame: visit.frame(), community: &community, form, taken: None }).into_response())
}

/// `GET /{community}/look-up`.
pub(crate) async fn look_up(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let community = visit.here();
    let form = Form::new(visit.fresh_key(), visit.csrf());
    Ok(render(&LookUpPage { frame: visit.frame(), community: &community, form }).into_response())
}

/// `POST /{community}/look-up`: to the page of the code, or the form again with what was typed.
pub(crate) async fn look_up_code(visit: Visit, _: Asked, mut sent: Sent) -> Result<Response, Denied> {
    let community = visit.here();
    let typed = sent.take("code").unwrap_or_default();
    let denied = match find(&visit, &typed).await {
        Ok(receipt) => return Ok(go(&format!("/r/{}", receipt.digits()))),
        Err(denied) => denied,
    };
    let Denied::Refused(refusal) = &denied else { return Err(denied) };
    let mut form = Form::new(visit.fresh_key(), visit.csrf()).holding("code", typed);
    form.faults.insert("code".into(), visit.words.refusal(refusal));
    let page = LookUpPage { frame: visit.frame(), community: &community, form };
    Ok((status_of(&denied), render(&page)).into_response())
}

async fn find(visit: &Visit, typed: &str) -> Result<Receipt, Denied> {
    visit.web.brakes.before_receipt(visit.address).await?;
    let found = match Receipt::parse(typed) {
        None => Err(VoiceRefusal::NoSuchReceipt.into()),
        Some(receipt) => match visit.web.app.community_of(&receipt).await {
            Ok(place) => {
                let at = ReceiptAt { code: typed.to_owned() };
                let standing = visit.web.app.ask::<ShowStanding>(&visit.caller(), &place, at, Nothing {}).await;
                standing.map(|_| receipt)
            }
            Err(denied) => Err(denied),
        },
    };
    if matches!(&found, Err(Denied::Refused(_))) {
        visit.web.brakes.missed_receipt(visit.address);
    }
    found
}

/// `GET /r/{code}`.
pub(crate) async fn receipt(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let code: String = asked.param("code")?;
    let form = Form::new(visit.fresh_key(), visit.csrf());
    let fresh = asked.query("fresh").is_some();
    let page = standing(&visit, &code, fresh, form, |page| render(page).into_response()).await?;
    Ok(page)
}

/// Draws the page of a receipt.
pub(crate) async fn standing(
    visit: &Visit,
    code: &str,
    fresh: bool,
    form: Form,
    draw: impl FnOnce(&ReceiptPage<'_>) -> Response,
) -> Result<Response, Denied> {
    let community = visit.here();
    let receipt = Receipt::parse(code).ok_or(VoiceRefusal::NoSuchReceipt)?;
    let at = ReceiptAt { code: code.to_owned() };
    let standing = visit.web.app.ask::<ShowStanding>(&visit.caller(), &community, at, Nothing {}).await?;
    let spaced = receipt.spaced();
    let page = ReceiptPage {
        frame: visit.frame(),
        community: &community,
        standing: &standing,
        code: receipt.digits(),
        spaced: &spaced,
        fresh,
        form,
    };
    Ok(draw(&page))
}

/// Which size of a photo was asked for.
pub(crate) fn size(asked: &Asked) -> Result<PhotoInput, Denied> {
    match asked.query("size").as_deref() {
        None | Some("full") => Ok(PhotoInput { size: Size::Full }),
        Some("small") => Ok(PhotoInput { size: Size::Small }),
        Some(_) => Err(CommonRefusal::NotFound.into()),
    }
}

/// A picture of ours: always the type that we wrote, nothing in it can run, no cache of others keeps it. Her own browser
/// asks each time whether it may still show it, so that what was hidden is gone there, too; what an address shows never
/// changes, so a yes is short.
pub(crate) fn picture(bytes: Vec<u8>) -> Response {
    let headers = [(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "private, no-cache"), (ETAG, "\"same\"")];
    (headers, bytes).into_response()
}

/// `GET /r/{code}/photos/{photo}`.
pub(crate) async fn photo(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let at = ReceiptPhotoAt { code: asked.param("code")?, photo: asked.param("photo")? };
    let (caller, here) = (visit.caller(), visit.here());
    let bytes = visit.web.app.show_photo::<ShowReceiptPhoto>(&caller, &here, at, size(&asked)?).await?;
    Ok(picture(bytes))
}
