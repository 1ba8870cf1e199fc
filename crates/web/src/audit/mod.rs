//! The log on the screen, for everybody.

pub mod page;
pub(crate) mod show;
