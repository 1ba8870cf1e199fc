//! A community's own front page.

pub mod page;
pub(crate) mod show;
