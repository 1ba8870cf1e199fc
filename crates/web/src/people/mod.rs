//! Signing in and out.

pub(crate) mod face;
pub mod page;
pub(crate) mod show;
