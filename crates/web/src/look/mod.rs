//! How pages look and what they say: words in two languages, styles, the frame around a page, and what a form keeps.
//!
//! Invariant: nothing here reads or writes anything; a page is a function of what it is given.

pub mod assets;
pub mod fault;
pub mod form;
pub mod frame;
pub mod sheet;
pub mod words;

#[cfg(test)]
mod fixture_tests;
#[cfg(test)]
mod pages_tests;
#[cfg(test)]
mod words_tests;
