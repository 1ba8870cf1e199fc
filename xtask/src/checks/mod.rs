//! The checks, in the order in which they are told.

mod docs;
mod features;
mod layers;
mod leftovers;
mod locales;
mod one_owner;
mod sizes;
mod sql;
mod templates;
pub mod words;

use crate::repo::Repo;
use crate::report::Report;

/// A check with its name on the command line.
pub struct Check {
    /// One word.
    pub name: &'static str,
    /// Fails only when it cannot look; what it sees is in the report.
    pub run: fn(&Repo) -> Result<Report, String>,
}

/// Every check there is.
pub const ALL: &[Check] = &[
    Check { name: "layers", run: layers::run },
    Check { name: "words", run: |repo| Ok(words::check(repo)) },
    Check { name: "sizes", run: |repo| Ok(sizes::check(repo)) },
    Check { name: "one-owner", run: |repo| Ok(one_owner::check(repo)) },
    Check { name: "locales", run: |repo| Ok(locales::check(repo)) },
    Check { name: "docs", run: |repo| Ok(docs::check(repo)) },
    Check { name: "features", run: features::run },
    Check { name: "sql", run: |repo| Ok(sql::check(repo)) },
    Check { name: "templates", run: |repo| Ok(templates::check(repo)) },
    Check { name: "leftovers", run: |repo| Ok(leftovers::check(repo)) },
];
