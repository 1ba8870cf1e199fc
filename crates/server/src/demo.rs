//! `linli demo`: a town to look at.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use linli_app::clock::Clock;
use linli_app::ids::Randomness;
use linli_store::Settings;
use serde::Serialize;

use crate::data_dir::DataDir;
use crate::settings::DataArgs;
use crate::sign_ins;

/// The file of receipts to try.
const RECEIPTS: &str = "demo-receipts.json";

/// What `linli demo` takes.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the data is; it must not be there yet.
    #[command(flatten)]
    data: DataArgs,
    /// Another seed makes another town.
    #[arg(long, value_name = "N", default_value_t = linli_demo::SEED)]
    seed: u64,
}

/// Builds the demo.
pub async fn demo(args: DemoArgs) -> Result<(), String> {
    let data = args.data.with_file()?;
    let data = DataDir::new(&data.data, data.key_file, data.database.as_deref()).map_err(|e| e.to_string())?;
    let _lock = data.lock().map_err(|e| e.to_string())?;
    let now = Clock::System.now();
    let clock = Clock::at(now.plus_days(-linli_demo::HISTORY_DAYS));
    let app = data.open(Settings::default(), clock, Randomness::System).await.map_err(|e| e.to_string())?;
    if !app.communities().await.map_err(|e| e.to_string())?.is_empty() {
        return Err(format!("{} holds communities already: the demo wants an empty folder", data.path().display()));
    }
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("making the demo {wide_bar} {percent} %") {
        bar.set_style(style);
    }
    let told = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let demo = linli_demo::build(&app, args.seed, now, told).await.map_err(|denied| denied.to_string())?;
    bar.finish_and_clear();
    app.guard().keep().map_err(|e| e.to_string())?;
    write(&data.path().join(sign_ins::FILE), &demo.sign_ins)?;
    write(&data.path().join(RECEIPTS), &demo.receipts)?;
    println!("The demo is in {}.", data.path().display());
    sign_ins::print(data.path());
    println!("\nReceipts to try (also in {}):", data.path().join(RECEIPTS).display());
    for receipt in demo.receipts.iter().filter(|one| one.stage == linli_domain::matters::Stage::Awaiting) {
        println!("  {:<16} /r/{}  waits for an answer", receipt.community, receipt.code);
    }
    Ok(())
}

/// For this machine's user only: there are passwords and receipts in it.
fn write(path: &Path, what: &impl Serialize) -> Result<(), String> {
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = serde_json::to_string_pretty(what).map_err(|e| told(&e))?;
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|e| told(&e))
}
