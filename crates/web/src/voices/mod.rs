//! Saying something, and looking up what became of it.

pub(crate) mod face;
pub(crate) mod held;
pub mod held_page;
pub mod page;
pub(crate) mod show;
