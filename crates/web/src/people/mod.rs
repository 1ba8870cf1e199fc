//! Signing in and out, one's own account, and the people of a community.

pub(crate) mod face;
pub mod page;
pub(crate) mod roster;
pub(crate) mod show;
