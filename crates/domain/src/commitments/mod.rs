//! The commitment list (承诺清单): what the community has taken on, numbered, for everybody to read.
//!
//! Red and struck through is done *and* confirmed by the one who asked; everything else is black.

pub mod view;

use crate::refusal::refusals;

refusals! {
    /// Why the list is not printed.
    CommitmentRefusal {
        /// More entries than a sheet holds; the file for spreadsheets has them all.
        TooLongForPaper { most: usize } = "list-too-long" as Invalid,
    }
}
