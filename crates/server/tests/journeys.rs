//! Journeys in a real browser: each is a script of `frontend/e2e/journeys`, with a server and a folder of its own.

use std::path::Path;
use std::process::Command;

fn walk(name: &str) {
    let frontend = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend");
    assert!(
        frontend.join("node_modules/playwright-core").exists(),
        "the journeys need npm's packages: make assets installs them"
    );
    let output = Command::new("node")
        .args(["e2e/run.mjs", name, env!("CARGO_BIN_EXE_linli")])
        .current_dir(&frontend)
        .output()
        .expect("Node.js runs: make test needs it");
    let told = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&told));
}

macro_rules! journeys {
    ($($name:ident: $script:literal),* $(,)?) => {$(
        #[test]
        fn $name() {
            walk($script);
        }
    )*};
}

journeys! {
    journey_of_a_resident: "resident",
    journey_by_keyboard: "keyboard",
    journey_without_javascript: "no_script",
    journey_of_the_desk: "desk",
    journey_of_a_volunteer: "volunteer",
    journey_of_fifty_who_accept: "race",
    journey_of_a_confirmation: "confirm",
    journey_of_a_dispute: "dispute",
    journey_of_silence: "no_answer",
    journey_on_behalf_of_somebody: "on_behalf",
    journey_on_a_poor_line: "poor_line",
    journey_to_an_orderly_end: "orderly_end",
    journey_of_a_paper: "paper",
    journey_of_accounts: "accounts",
    journey_of_personal_data: "personal",
}

/// Every script is walked.
#[test]
fn no_journey_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/e2e/journeys");
    let source = include_str!("journeys.rs");
    for entry in std::fs::read_dir(folder).expect("journeys").flatten() {
        let name = entry.file_name().to_string_lossy().trim_end_matches(".mjs").to_owned();
        assert!(source.contains(&format!("\"{name}\"")), "{name} is not walked");
    }
}
