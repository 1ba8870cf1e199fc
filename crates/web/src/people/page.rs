//! The page to sign in on.

use askama::Template;

use crate::look::form::Form;
use crate::look::frame::Frame;

/// `GET /sign-in`. The form keeps `name`, and in `next` the address to go on to; a password is never sent back.
#[derive(Debug, Template)]
#[template(path = "people/sign_in.html")]
pub struct SignInPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Name, and where to go on to.
    pub form: Form,
}
