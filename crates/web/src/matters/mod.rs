//! The desk: its inbox and the page of a matter.

pub mod page;
