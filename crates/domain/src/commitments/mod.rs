//! The commitment list (承诺清单): what the community has taken on, numbered, for everybody to read.
//!
//! Red and struck through is done *and* confirmed by the one who asked; everything else is black.

pub mod view;
