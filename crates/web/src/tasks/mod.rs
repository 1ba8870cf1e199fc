//! Tasks, on the phone of whoever does them.

pub(crate) mod face;
pub mod page;
pub(crate) mod show;
