//! Signing in and out, and one's own account, on pages: a cookie, and on to where somebody was going.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use linli_app::command::{Denied, Here};
use linli_app::people::account::{
    ChangePassword, ChangePasswordInput, EndOtherSessions, EndSession, SessionAt, SessionsEnded,
};
use linli_app::people::second::{SecondSet, SetSecond, SetSecondInput, ShowSecond, ShowSecondInput};
use linli_app::people::session::MOST_DAYS;
use linli_app::people::sign_in::{SignIn, SignInInput, SignOut, SignedIn, SignedOut};
use linli_domain::people::view::Missing;

use crate::face::{Face, Failed, Guarded, go};
use crate::look::form::Form;
use crate::people::page::{CodesPage, SecondPage, SignInPage};
use crate::people::show::{account_telling, redraw_account};
use crate::problem::render;
use crate::visit::{Visit, session_cookie};

impl Face for SignIn {
    const OWN: &'static [&'static str] = &["next"];

    fn guards(_: &Visit, input: &SignInInput) -> Option<Guarded> {
        Some(Guarded::SignIn(input.name.clone()))
    }
    async fn done(visit: &Visit, _: &Here, done: SignedIn, form: &Form) -> Result<Response, Denied> {
        Ok(signed_in(visit, &done, form.value("next")))
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let form = without_secrets(&failed.form);
        Ok(failed.page(visit, &SignInPage { frame: visit.frame(), form }))
    }
}

impl Face for ShowSecond {
    const OWN: &'static [&'static str] = &["next"];

    fn guards(visit: &Visit, _: &ShowSecondInput) -> Option<Guarded> {
        Guarded::own(visit)
    }
    async fn done(visit: &Visit, _: &Here, done: SignedIn, form: &Form) -> Result<Response, Denied> {
        Ok(signed_in(visit, &done, form.value("next")))
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let form = failed.form.clone();
        Ok(failed.page(visit, &SecondPage { frame: visit.frame(), form }))
    }
}

impl Face for SetSecond {
    fn guards(visit: &Visit, _: &SetSecondInput) -> Option<Guarded> {
        Guarded::own(visit)
    }
    /// The codes for the day when the phone is lost are shown from this very page, once.
    async fn done(visit: &Visit, _: &Here, done: SecondSet, _: &Form) -> Result<Response, Denied> {
        let page = CodesPage { frame: visit.frame(), codes: &done.recovery_codes };
        let mut response = render(&page).into_response();
        set_cookie(visit, &mut response, &done.token, MOST_DAYS * 86_400);
        Ok(response)
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        redraw_account(visit, "second", &failed).await
    }
}

impl Face for ChangePassword {
    fn guards(visit: &Visit, _: &ChangePasswordInput) -> Option<Guarded> {
        Guarded::own(visit)
    }
    async fn done(visit: &Visit, _: &Here, done: SessionsEnded, _: &Form) -> Result<Response, Denied> {
        account_telling(visit, visit.words.t1("account-password-changed", "count", done.ended)).await
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        redraw_account(visit, "password", &failed).await
    }
}

impl Face for EndSession {
    async fn done(_: &Visit, _: &SessionAt, _: SessionsEnded, _: &Form) -> Result<Response, Denied> {
        Ok(go("/account"))
    }
    async fn again(_: &Visit, _: &SessionAt, failed: Failed) -> Result<Response, Denied> {
        Err(failed.denied)
    }
}

impl Face for EndOtherSessions {
    async fn done(_: &Visit, _: &Here, _: SessionsEnded, _: &Form) -> Result<Response, Denied> {
        Ok(go("/account"))
    }
    async fn again(_: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        Err(failed.denied)
    }
}

/// On to where somebody was going, or to the other half of the sign-in.
fn signed_in(visit: &Visit, done: &SignedIn, next: &str) -> Response {
    let next = if next.is_empty() { "/desk" } else { next };
    let to = match done.missing {
        None => next.to_owned(),
        Some(Missing::Code) => {
            let next = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
            format!("/sign-in/second?{next}")
        }
        Some(Missing::SecondFactor) => "/account".to_owned(),
    };
    let mut response = go(&to);
    set_cookie(visit, &mut response, &done.token, MOST_DAYS * 86_400);
    response
}

/// A password is never sent back.
pub(crate) fn without_secrets(form: &Form) -> Form {
    let mut form = form.clone();
    for secret in ["password", "new_password"] {
        form.values.remove(secret);
    }
    form
}

impl Face for SignOut {
    async fn done(visit: &Visit, _: &Here, _: SignedOut, _: &Form) -> Result<Response, Denied> {
        let mut response = go("/");
        set_cookie(visit, &mut response, "", 0);
        Ok(response)
    }
    async fn again(_: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        Err(failed.denied)
    }
}

fn set_cookie(visit: &Visit, response: &mut Response, token: &str, seconds: i64) {
    let https = visit.web.settings.is_https();
    let secure = if https { "; Secure" } else { "" };
    let name = session_cookie(https);
    let cookie = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}
