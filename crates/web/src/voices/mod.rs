//! Saying something, and looking up what became of it.

pub(crate) mod face;
pub mod page;
pub(crate) mod show;
