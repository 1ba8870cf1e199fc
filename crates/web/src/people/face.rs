//! Signing in and out on pages: a cookie, and on to where somebody was going.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use linli_app::command::{Denied, Here};
use linli_app::people::session::MOST_DAYS;
use linli_app::people::sign_in::{SignIn, SignInInput, SignOut, SignedIn, SignedOut};

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::people::page::SignInPage;
use crate::visit::{Visit, session_cookie};

impl Face for SignIn {
    const OWN: &'static [&'static str] = &["next"];

    fn guards(input: &SignInInput) -> Option<&str> {
        Some(&input.name)
    }
    async fn done(visit: &Visit, _: &Here, done: SignedIn, form: &Form) -> Result<Response, Denied> {
        let to = match form.value("next") {
            "" => "/desk",
            next => next,
        };
        let mut response = go(to);
        set_cookie(visit, &mut response, &done.token, MOST_DAYS * 86_400);
        Ok(response)
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        let mut form = failed.form.clone();
        form.values.remove("password");
        Ok(failed.page(visit, &SignInPage { frame: visit.frame(), form }))
    }
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
