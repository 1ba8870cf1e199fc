//! Saying something, and looking up what became of it.

pub mod page;
