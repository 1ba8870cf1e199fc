//! Pure functions over Chinese text: no I/O, no clock, no state, and no other crate of the workspace.
//!
//! Invariant: every function takes any text whatever, never panics, and takes time linear in its length, so that a
//! resident's words can be passed in as they came (OWASP ASVS 5.0.0, 1.3.12).

pub mod bigrams;
pub mod dial;
mod digits;
mod doors;
pub mod names;
mod plates;
pub mod redact;
mod signs;
