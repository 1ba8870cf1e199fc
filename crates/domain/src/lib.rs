//! The rules of Linli, and nothing else.
//!
//! Invariant of this crate: no input or output, no `async`, no clock and no randomness. Time, ids and numbers come in
//! as parameters, so that every rule is a function and every test of it a table. Each folder is one word of
//! `docs/glossary.md`; the same word names the module in every other layer.

pub mod attachments;
pub mod audit;
pub mod commitments;
pub mod id;
pub mod matters;
pub mod notifications;
pub mod outbox;
pub mod people;
pub mod places;
pub mod refusal;
pub mod statistics;
pub mod tasks;
pub mod time;
pub mod typed;
pub mod voices;
