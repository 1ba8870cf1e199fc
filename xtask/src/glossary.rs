//! `xtask glossary`: the rows that the glossary lacks, ready to be pasted and finished by a person.

use std::process::ExitCode;

use crate::checks::words;
use crate::repo::Repo;

/// Prints a row of the table of types for each public domain type without one.
pub fn print_missing() -> Result<ExitCode, String> {
    for (path, item) in words::missing(&Repo::read()?) {
        println!("| `{}` | | {} |  <!-- {path}:{} -->", item.name, item.doc, item.line);
    }
    Ok(ExitCode::SUCCESS)
}
