//! The sign-ins of a demo, as a table. There is no account with a known password outside a demo.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The file in the data folder that `linli demo` writes.
pub const FILE: &str = "demo-signins.json";

/// One demo account.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SignInLine {
    name: String,
    password: String,
    role: String,
    community: String,
}

/// Prints the table, if the folder is a demo's.
pub fn print(folder: &Path) {
    let Ok(text) = std::fs::read_to_string(folder.join(FILE)) else { return };
    let Ok(lines) = serde_json::from_str::<Vec<SignInLine>>(&text) else { return };
    println!("\nDemo sign-ins (also in {}):", folder.join(FILE).display());
    println!("  {:<16} {:<12} {:<28} name", "community", "role", "password");
    for line in lines {
        println!("  {:<16} {:<12} {:<28} {}", line.community, line.role, line.password, line.name);
    }
}
