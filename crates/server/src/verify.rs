//! `linli verify` and `linli log declare`: the log held against the database and against older papers.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use linli_app::App;
use linli_app::audit::number::{contradicted, declare_new_log};
use linli_app::audit::verify::{Finding, Misfit, Report, verify};
use linli_app::clock::Clock;
use linli_app::command::Place;
use linli_app::ids::Randomness;
use linli_domain::audit::checkpoint::SignedCheckpoint;
use linli_store::Settings;

use crate::data_dir::DataDir;
use crate::settings::DataArgs;

/// What `linli verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
    /// Only this community; all of them, and the installation itself, without it.
    #[arg(long, value_name = "SLUG")]
    community: Option<String>,
    /// A file with the text of the code on a printed list, or `-`; may be given several times.
    #[arg(long = "paper", value_name = "FILE")]
    papers: Vec<PathBuf>,
}

/// What `linli log declare` takes.
#[derive(Debug, Args)]
pub struct DeclareArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
}

/// Checks every log; fails when anything does not fit.
pub async fn check(args: VerifyArgs) -> Result<(), String> {
    let papers = args.papers.iter().map(|path| paper(path)).collect::<Result<Vec<_>, _>>()?;
    let data = DataDir::existing(args.data)?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(|e| e.to_string())?;
    let mut places = app.communities().await.map_err(|e| e.to_string())?;
    places.push(App::instance());
    if let Some(slug) = &args.community {
        places.retain(|place| place.slug == *slug);
    }
    if places.is_empty() {
        return Err("there is no such community".into());
    }
    let stray = papers.iter().find(|paper| places.len() > 1 && !places.iter().any(|place| is_of(paper, &app, place)));
    if let Some(paper) = stray {
        return Err(format!("a paper is of {}, and there is no such log here", paper.checkpoint.origin));
    }
    let mut wrong = 0;
    for place in &places {
        // A paper names its log; the others are none of its business.
        let mine = papers.iter().filter(|paper| places.len() == 1 || is_of(paper, &app, place)).cloned().collect();
        let started = std::time::Instant::now();
        let report = verify(&app, place, mine).await.map_err(|e| e.to_string())?;
        tell(&report, started.elapsed());
        wrong += report.findings.len();
    }
    match wrong {
        0 => Ok(()),
        1 => Err("one thing does not fit".into()),
        wrong => Err(format!("{wrong} things do not fit")),
    }
}

/// Declares a new log wherever an older database contradicts what was signed, when nothing better is left.
pub async fn declare(args: DeclareArgs) -> Result<(), String> {
    let data = DataDir::existing(args.data)?;
    let _lock = data.lock().map_err(|e| e.to_string())?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(|e| e.to_string())?;
    let places = contradicted(&app).await.map_err(|e| e.to_string())?;
    if places.is_empty() {
        return Err("no log contradicts what was signed: there is nothing to declare".into());
    }
    println!("New logs, to be hung up beside the lists:");
    for (place, fault) in places {
        println!("\n{fault}");
        println!("\n{}", declare_new_log(&app, &place).await.map_err(|e| e.to_string())?.text());
    }
    Ok(())
}

fn paper(path: &Path) -> Result<SignedCheckpoint, String> {
    let told = |e: std::io::Error| format!("{}: {e}", path.display());
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map_err(told)?;
    } else {
        text = std::fs::read_to_string(path).map_err(told)?;
    }
    SignedCheckpoint::parse(&text).ok_or_else(|| format!("{}: this is not the text of a list's code", path.display()))
}

fn is_of(paper: &SignedCheckpoint, app: &App, place: &Place) -> bool {
    let origin = app.keys().log().origin(&place.slug, 1);
    let of = &paper.checkpoint.origin;
    *of == origin || of.strip_prefix(&origin).is_some_and(|rest| rest.starts_with('/'))
}

fn tell(report: &Report, took: std::time::Duration) {
    let waiting = if report.waiting > 0 { format!(", {} waiting for a number", report.waiting) } else { String::new() };
    let erased = if report.erased > 0 { format!(", words of {} erased", report.erased) } else { String::new() };
    let fit = if report.papers > 0 { format!(", {} papers fit", report.papers) } else { String::new() };
    let good = if report.findings.is_empty() { "good" } else { "NOT GOOD" };
    println!("{good}  {}: {} entries{waiting}{erased}{fit} ({} ms)", report.origin, report.entries, took.as_millis());
    for finding in &report.findings {
        println!("  {}", line(finding));
    }
}

fn line(finding: &Finding) -> String {
    let what = match finding.misfit {
        Misfit::EntryGone => "a numbered entry is gone",
        Misfit::EntryChanged => "an entry was changed after it was numbered",
        Misfit::Gap => "a number is missing here",
        Misfit::WordsChanged => "what was written was changed",
        Misfit::NeverNumbered => "an entry was put in behind the program's back",
        Misfit::HeadChanged => "the end of the log is not where it was signed",
        Misfit::NotSigned => "the stored checkpoint is not signed by this key",
        Misfit::MatterChanged(field) => {
            let matter = finding.matter.map(|matter| matter.to_string()).unwrap_or_default();
            return format!("matter {matter}: its {field} is not what the log says");
        }
        Misfit::PaperContradicts => "the log contradicts a paper of this many entries",
        Misfit::PaperNotSigned => "a paper was not signed by this key",
        Misfit::PaperNotOfThisLog => "a paper is of another log, or of more entries than there are",
    };
    let at = finding.position.map(|position| format!(" (position {position})")).unwrap_or_default();
    let entry = finding.entry.map(|entry| format!(", entry {entry}")).unwrap_or_default();
    let matter = finding.matter.filter(|m| m.raw() != 0).map(|m| format!(", matter {m}")).unwrap_or_default();
    format!("{what}{at}{entry}{matter}")
}
