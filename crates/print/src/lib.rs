//! Paper: typed view data in, PDF bytes out.
//!
//! Invariants of this crate: no sentence that a reader sees is written here (the web layer hands over translated
//! words); what people typed reaches the templates as JSON only, never as markup; a sheet is never missing text in
//! silence: what the faces cannot draw is named.
//!
//! Typesetting keeps a core busy for tenths of a second and more: call it where blocking is allowed.

mod data;
mod fault;
mod fonts;
mod list;
mod pattern;
mod qr;
mod typeset;
mod words;

pub use fault::PrintFault;
pub use fonts::missing_characters;
pub use list::{MOST_ENTRIES, Sheet, list};
pub use qr::qr_svg;
pub use words::{LegendLine, LegendWords, ListWords, StandingWords, TotalsWords};
