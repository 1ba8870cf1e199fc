//! `linli print list`: the public list on paper, without a browser.

use std::path::{Path, PathBuf};

use clap::Args;
use linli_app::clock::Clock;
use linli_app::commitments::list::ShowList;
use linli_app::ids::Randomness;
use linli_app::{Caller, Denied};
use linli_store::Settings;
use linli_web::look::sheet::list_words;
use linli_web::look::words::{Lang, Words};

use crate::data_dir::DataDir;
use crate::settings::DataArgs;

/// What `linli print list` takes.
#[derive(Debug, Args)]
pub struct PrintListArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
    /// The address word of the community.
    #[arg(long, value_name = "SLUG")]
    community: String,
    /// The file to write.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The language of the sheet.
    #[arg(long, value_name = "CODE", default_value = "zh-CN", value_parser = ["zh-CN", "en"])]
    lang: String,
}

/// Prints the list of one community.
pub async fn list(args: PrintListArgs) -> Result<(), String> {
    let data = DataDir::existing(args.data)?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(|e| e.to_string())?;
    let place = app.community(&args.community).await.map_err(|denied| match denied {
        Denied::Refused(_) => format!("there is no community {}", args.community),
        other => other.to_string(),
    })?;
    let whole = ShowList::whole(linli_print::MOST_ENTRIES);
    let list = app.read(&Caller::resident(), &place, whole).await.map_err(|e| e.to_string())?;
    let words = list_words(Words::of(Lang::from_code(&args.lang).unwrap_or(Lang::ZhCn)));
    let sheet = tokio::task::spawn_blocking(move || linli_print::list(&list, &words))
        .await
        .map_err(|e| e.to_string())?
        .map_err(|fault| fault.to_string())?;
    write_whole(&args.output, &sheet.pdf).map_err(|e| format!("{}: {e}", args.output.display()))?;
    println!("{}: {} pages, type {} pt", args.output.display(), sheet.pages, sheet.type_pt);
    if !sheet.missing.is_empty() {
        println!("no face has these characters: {:?}", sheet.missing);
    }
    Ok(())
}

/// Never half a sheet under the name that was asked for.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut waiting = path.as_os_str().to_owned();
    waiting.push(".part");
    std::fs::write(&waiting, bytes)?;
    std::fs::rename(&waiting, path)
}
