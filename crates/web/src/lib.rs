//! Pages for people and JSON for programs.
//!
//! Invariant: no sentence that a person reads stands in Rust or in a template; all of them are in `locales/`.

pub mod commitments;
pub mod look;
pub mod matters;
pub mod people;
pub mod places;
pub mod statistics;
pub mod tasks;
pub mod voices;

#[cfg(test)]
mod fixture_tests;
#[cfg(test)]
mod pages_tests;
