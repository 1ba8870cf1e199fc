//! Which crate may lean on which. The table is the architecture; Cargo only knows what was written down.

use serde_json::Value;

use crate::cargo;
use crate::repo::Repo;
use crate::report::Report;

/// Crate, and the crates of this workspace that it may depend on.
const LAYERS: &[(&str, &[&str])] = &[
    ("linli-domain", &[]),
    ("linli-text", &[]),
    ("linli-store", &["linli-domain"]),
    ("linli-app", &["linli-domain", "linli-store", "linli-text"]),
    ("linli-print", &["linli-domain"]),
    ("linli-web", &["linli-domain", "linli-app", "linli-print"]),
    ("linli-demo", &["linli-domain", "linli-app"]),
    (
        "linli-server",
        &["linli-domain", "linli-text", "linli-store", "linli-app", "linli-print", "linli-web", "linli-demo"],
    ),
    ("linli-testkit", &["linli-domain", "linli-store", "linli-app"]),
    ("linli-bench", &["linli-domain", "linli-store", "linli-app", "linli-demo", "linli-testkit"]),
    ("xtask", &[]),
];

/// Crates that no test of theirs may pull the rest of the workspace into: they stay testable in a second.
const PURE: &[&str] = &["linli-domain", "linli-text"];

/// Asks Cargo and compares.
pub fn run(_: &Repo) -> Result<Report, String> {
    let text = cargo::output(&["metadata", "--no-deps", "--format-version", "1"])?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    Ok(check(&metadata))
}

/// Compares the packages of `cargo metadata` with the table.
fn check(metadata: &Value) -> Report {
    let mut report = Report::of("crates");
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let ours: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    for package in packages {
        report.items += 1;
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let path = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
            report.fault(path, 0, format!("{name} is not in the table of layers (xtask/src/checks/layers.rs)"));
            continue;
        };
        for dependency in package["dependencies"].as_array().map_or(&[][..], Vec::as_slice) {
            let on = dependency["name"].as_str().unwrap_or_default();
            let is_dev = dependency["kind"] == "dev";
            let refused = if is_dev { PURE.contains(&name) } else { !allowed.contains(&on) };
            if ours.contains(&on) && refused {
                let kind = if is_dev { "its tests may not" } else { "it may not" };
                report.fault(path, 0, format!("{name} depends on {on}; {kind}"));
            }
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_table_is_allowed() {
        for (name, on, kind, faults) in [
            ("linli-store", "linli-domain", Value::Null, 0),
            ("linli-store", "linli-app", Value::Null, 1),
            ("linli-store", "linli-testkit", Value::Null, 1),
            ("linli-store", "linli-testkit", json!("build"), 1),
            ("linli-store", "linli-testkit", json!("dev"), 0),
            ("linli-domain", "linli-testkit", json!("dev"), 1),
            ("linli-domain", "serde", Value::Null, 0),
            ("linli-new", "serde", Value::Null, 1),
        ] {
            let package = json!({ "name": name, "manifest_path": "/r/x/Cargo.toml",
                "dependencies": [{ "name": on, "kind": kind }] });
            let others = ["linli-domain", "linli-app", "linli-testkit"]
                .map(|other| json!({ "name": other, "manifest_path": "/r/y/Cargo.toml", "dependencies": [] }));
            let packages: Vec<Value> = others.into_iter().chain([package]).collect();
            let report = check(&json!({ "workspace_root": "/r", "packages": packages }));
            assert_eq!(report.faults.len(), faults, "{name} on {on}: {:?}", report.faults);
        }
    }
}
