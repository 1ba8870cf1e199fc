//! The pages to sign in on, one's own account, and the choice of a language.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use linli_app::command::{Here, Nothing};
use linli_app::people::account::ShowAccount;
use linli_app::people::second::{address, fresh_secret};
use linli_app::{Denied, Fault};

use crate::face::{Failed, go, is_local};
use crate::look::form::Form;
use crate::look::frame::Frame;
use crate::look::words::Lang;
use crate::people::face::without_secrets;
use crate::people::page::{AccountPage, SecondPage, SignInPage};
use crate::problem::render;
use crate::routes::Asked;
use crate::sent::Sent;
use crate::visit::{LANG_COOKIE, Visit};

/// `GET /sign-in`.
pub(crate) async fn sign_in(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let next = asked.query("next").filter(|next| is_local(next)).unwrap_or_default();
    let form = Form::new(visit.fresh_key(), visit.csrf()).holding("next", next);
    Ok(render(&SignInPage { frame: visit.frame(), form }).into_response())
}

/// `GET /sign-in/second`.
pub(crate) async fn second(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let next = asked.query("next").filter(|next| is_local(next)).unwrap_or_default();
    let form = Form::new(visit.fresh_key(), visit.csrf()).holding("next", next);
    Ok(render(&SecondPage { frame: visit.frame(), form }).into_response())
}

/// `GET /account`.
pub(crate) async fn account(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    draw_account(&visit, visit.frame(), form, "", None).await
}

/// The account, with a sentence about what was just done.
pub(crate) async fn account_telling(visit: &Visit, sentence: String) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    draw_account(visit, visit.frame().telling(sentence), form, "", None).await
}

/// The account again, with the form that was not taken.
pub(crate) async fn redraw_account(visit: &Visit, about: &str, failed: &Failed) -> Result<Response, Denied> {
    draw_account(visit, visit.frame(), without_secrets(&failed.form_named(about)), about, Some(failed)).await
}

async fn draw_account(
    visit: &Visit,
    frame: Frame<'_>,
    form: Form,
    about: &str,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let account = visit.web.app.ask::<ShowAccount>(&visit.caller(), &visit.here(), Here {}, Nothing {}).await?;
    // A form that comes back keeps its secret: the app on the phone has it already.
    let secret = match form.value("secret") {
        "" => fresh_secret(&visit.web.app),
        typed => typed.to_owned(),
    };
    let name = visit.session.as_ref().map(|session| session.view.name.as_str()).unwrap_or_default();
    let code = linli_print::qr_svg(&address(&secret, name)).map_err(|fault| Fault::Bug(fault.to_string()))?;
    let page = AccountPage { frame, account: &account, secret, code, form, about };
    Ok(match failed {
        Some(failed) => failed.page(visit, &page),
        None => render(&page).into_response(),
    })
}

/// `POST /lang`: keeps the choice in a cookie and comes back.
pub(crate) async fn choose_language(visit: Visit, _: Asked, mut sent: Sent) -> Result<Response, Denied> {
    let chosen = sent.take("to").and_then(|code| Lang::from_code(&code)).unwrap_or(Lang::ZhCn);
    let mut response = go(&sent.take("back").unwrap_or_default());
    let secure = if visit.web.settings.is_https() { "; Secure" } else { "" };
    let cookie = format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", chosen.code());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
