//! The instance's front page.

pub mod page;
pub(crate) mod show;
