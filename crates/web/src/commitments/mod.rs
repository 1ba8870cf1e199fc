//! The public list on the screen.

pub mod page;
