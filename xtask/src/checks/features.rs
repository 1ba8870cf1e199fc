//! What only tests need changes nothing in what ships: no dependency gets another feature through a dev-dependency.
//! (A browser driver once switched on `preserve_order` in `serde_json`: tests saw another key order than residents did.)

use std::collections::{BTreeMap, BTreeSet};

use crate::cargo;
use crate::repo::Repo;
use crate::report::Report;

/// The package whose dependencies ship.
const SHIPPED: &str = "linli-server";

/// Asks Cargo three times and compares.
pub fn run(_: &Repo) -> Result<Report, String> {
    let tree = |arguments: &[&str]| {
        let mut all = vec!["tree", "--locked", "--prefix", "none", "--format", "{p}\t{f}"];
        all.extend_from_slice(arguments);
        cargo::output(&all)
    };
    let shipped = tree(&["--package", SHIPPED, "--edges", "normal,build"])?;
    let without = tree(&["--workspace", "--edges", "normal,build"])?;
    let with = tree(&["--workspace", "--edges", "normal,build,dev"])?;
    Ok(check(&shipped, &without, &with))
}

/// Compares the features of each shipped package without and with dev-dependencies.
fn check(shipped: &str, without: &str, with: &str) -> Report {
    let mut report = Report::of("shipped packages");
    let (without, with) = (features(without), features(with));
    for package in features(shipped).keys() {
        report.items += 1;
        let (plain, dev) = (without.get(package), with.get(package));
        if plain != dev {
            let told =
                |set: Option<&BTreeSet<String>>| set.into_iter().flatten().cloned().collect::<Vec<_>>().join(" | ");
            let message = format!("dev-dependencies change {package}: [{}] becomes [{}]", told(plain), told(dev));
            report.fault("Cargo.toml", 0, message);
        }
    }
    report
}

/// Package to the sets of features it is built with: more than one when it is built for the host as well.
fn features(tree: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in tree.lines() {
        let (package, features) = line.split_once('\t').unwrap_or((line, ""));
        // A package's second mention ends in `(*)`, a macro's name in `(proc-macro)`.
        let package: Vec<&str> = package.split(' ').take(2).collect();
        let features = features.trim_end_matches("(*)").trim().to_owned();
        if !package.concat().is_empty() {
            packages.entry(package.join(" ")).or_default().insert(features);
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_in_what_ships_counts() {
        let plain = "linli-server v0.1.0 (/r)\t\nserde_json v1.0.1\tdefault,std\nserde_json v1.0.1\tdefault,std (*)\n";
        for (with, faults) in [
            (plain.to_owned(), 0),
            (format!("{plain}insta v1.0.0\tjson\n"), 0),
            (plain.replace("default,std", "default,preserve_order,std"), 1),
            (format!("{plain}serde_json v1.0.1\tdefault,preserve_order,std\n"), 1),
        ] {
            assert_eq!(check(plain, plain, &with).faults.len(), faults, "{with}");
        }
        assert_eq!(check(plain, plain, plain).items, 2);
    }
}
