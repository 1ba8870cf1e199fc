//! The desk: its inbox and the page of a matter.

pub(crate) mod face;
pub mod page;
pub(crate) mod show;
