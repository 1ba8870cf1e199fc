//! The two faces of a command: the JSON operation is the same for all, the page's is told here.

use axum::response::{IntoResponse as _, Redirect, Response};
use linli_app::command::{Command, Denied};
use linli_domain::id::PersonId;
use linli_domain::refusal::{CommonRefusal, Refusal};

use crate::look::form::Form;
use crate::problem;
use crate::sent::Sent;
use crate::visit::Visit;

/// A secret that may be guessed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Guarded {
    /// The password of a sign-in name.
    SignIn(String),
    /// The password or the second factor of the account that is signed in.
    Own(PersonId),
}

impl Guarded {
    /// Of whoever is signed in.
    pub fn own(visit: &Visit) -> Option<Self> {
        visit.session.as_ref().map(|session| Guarded::Own(session.view.person))
    }
}

/// What a page adds to a command: where it leads, and how its form is drawn again.
pub(crate) trait Face: Command {
    /// Fields of the form that are the page's own.
    const OWN: &'static [&'static str] = &[];

    /// Whose secret is tried, where one is: its brake is asked first.
    fn guards(_visit: &Visit, _input: &Self::Input) -> Option<Guarded> {
        None
    }
    /// What the reader sees after it was done.
    fn done(
        visit: &Visit,
        at: &Self::At,
        done: Self::Done,
        form: &Form,
    ) -> impl Future<Output = Result<Response, Denied>> + Send;
    /// The page again, with everything that was typed and with what is wrong.
    fn again(visit: &Visit, at: &Self::At, failed: Failed) -> impl Future<Output = Result<Response, Denied>> + Send;
}

/// A form that was not taken.
#[derive(Debug)]
pub(crate) struct Failed {
    /// Why.
    pub denied: Denied,
    /// Everything that was typed, and the sentences.
    pub form: Form,
}

impl Failed {
    /// Whether somebody else changed it in between.
    pub fn is_stale(&self) -> bool {
        matches!(&self.denied, Denied::Refused(refusal) if refusal.code == "stale")
    }
    /// The form of one of several on a page, whose key ends in its name.
    pub fn form_named(&self, name: &str) -> Form {
        let mut form = self.form.clone();
        if let Some(key) = form.key.strip_suffix(&format!("-{name}")) {
            form.key = key.to_owned();
        }
        form
    }
    /// A rendered page with the status of the refusal.
    pub fn page(&self, visit: &Visit, page: &impl askama::Template) -> Response {
        problem::log(visit, &self.denied);
        (problem::status_of(&self.denied), problem::render(page)).into_response()
    }
}

/// Puts what was sent back into a form.
pub(crate) fn form_of(visit: &Visit, sent: &Sent, key: Option<&str>) -> Form {
    let mut form = Form::new(key.map_or_else(|| visit.fresh_key(), str::to_owned), visit.csrf());
    for (name, value) in &sent.fields {
        form = form.holding(name, value);
    }
    form
}

/// Tells the form what was wrong. Photos do not come back by themselves: a browser shows no file that it was not given.
pub(crate) fn failed(visit: &Visit, mut form: Form, denied: Denied, had_photos: bool) -> Failed {
    match &denied {
        Denied::Fields(fields) => form = form.refused(visit.words, fields),
        Denied::Refused(refusal) if refusal.code.starts_with("photo-") => {
            form.faults.insert("photo".into(), visit.words.refusal(refusal));
        }
        Denied::Refused(refusal) => {
            if is_key_reused(refusal) {
                form.key = visit.fresh_key();
            }
            form = form.with_problem(visit.words.refusal(refusal));
        }
        Denied::Fault(_) => form = form.with_problem(problem::sentence(visit, &denied)),
    }
    if had_photos {
        form.faults.entry("photo".into()).or_insert_with(|| visit.words.t("photo-choose-again").into_owned());
    }
    Failed { denied, form }
}

fn is_key_reused(refusal: &Refusal) -> bool {
    refusal.code == Refusal::from(CommonRefusal::KeyReused).code
}

/// Goes on to another page of this site.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(if is_local(to) { to } else { "/" }).into_response()
}

/// Whether an address stays on this site: a path, and nothing that a browser reads as another host.
pub(crate) fn is_local(to: &str) -> bool {
    let second = to.chars().nth(1);
    to.starts_with('/')
        && !matches!(second, Some('/' | '\\'))
        && !to.chars().any(|c| c.is_control() || c == '\\' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn redirects_stay_here() {
        for good in ["/", "/desk", "/grain-village/list?cursor=1-2"] {
            assert!(is_local(good), "{good}");
        }
        for bad in
            ["", "desk", "//evil.invalid", "/\\evil.invalid", "https://evil.invalid", "/a\r\nb", "/\t/evil", "/a b"]
        {
            assert!(!is_local(bad), "{bad}");
        }
    }
}
