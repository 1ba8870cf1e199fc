//! The public list on the screen.

pub(crate) mod export;
pub mod page;
pub(crate) mod show;
