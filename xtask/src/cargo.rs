//! Cargo's own words about the workspace. Always offline: a check must not depend on a registry's mood.

use std::process::Command;

/// What `cargo` prints for these arguments, or its complaint.
pub fn output(arguments: &[&str]) -> Result<String, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = Command::new(cargo)
        .args(arguments)
        .arg("--offline")
        .current_dir(crate::repo::root()?)
        .output()
        .map_err(|error| format!("cargo {}: {error}", arguments.join(" ")))?;
    if run.status.success() {
        Ok(String::from_utf8_lossy(&run.stdout).into_owned())
    } else {
        Err(format!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&run.stderr)))
    }
}
