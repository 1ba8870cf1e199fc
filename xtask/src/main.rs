//! Checks of the house itself: what a lint cannot say and a reviewer would forget.
//!
//! Invariant: a check reads and never writes, and a check that finds nothing to look at says so with a count of 0.
//! Each check is one module of `checks`, a pure function from a [`repo::Repo`] (or from Cargo's own words) to a
//! [`report::Report`], so that each has a table of planted faults as its test.
//!
//! Usage: `xtask check [NAME …]` runs all checks or the named ones; `xtask glossary` prints the rows that
//! `docs/glossary.md` still lacks; `xtask where GET /r/x` prints the files behind an address. A further subcommand is one arm in [`main`] and one module beside `checks`.

mod cargo;
mod checks;
mod glossary;
mod items;
mod repo;
mod report;
mod tokens;
mod where_is;

use std::process::ExitCode;

const USAGE: &str = "usage: xtask check [NAME …] | xtask glossary | xtask where METHOD PATH";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("check") => check(&arguments[1..]),
        Some("glossary") => glossary::print_missing(),
        Some("where") if arguments.len() == 3 => where_is::print(&arguments[1], &arguments[2]),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the named checks, or all; prints one line for each and one line for each fault.
fn check(names: &[String]) -> Result<ExitCode, String> {
    if let Some(unknown) = names.iter().find(|name| !checks::ALL.iter().any(|check| check.name == name.as_str())) {
        let known: Vec<&str> = checks::ALL.iter().map(|check| check.name).collect();
        return Err(format!("no check is called {unknown}; there are: {}", known.join(", ")));
    }
    let repo = repo::Repo::read()?;
    let mut faults = 0;
    for check in checks::ALL.iter().filter(|check| names.is_empty() || names.iter().any(|name| name == check.name)) {
        let report = (check.run)(&repo)?;
        faults += report.faults.len();
        print!("{}", report.lines(check.name));
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
