//! The instance's front page.

pub mod page;
