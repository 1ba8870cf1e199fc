//! `linli import requests`: every row goes through the use case, up to 64 at a time, so that one commit carries many.
//!
//! Running it twice, or again after it was killed, adds nothing twice: a request's key is its source and its id there.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use linli_app::clock::Clock;
use linli_app::command::{Here, Place, Request as Ordered};
use linli_app::ids::Randomness;
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::voices::import::{ImportRequest, ImportRequestInput};
use linli_app::{App, Caller, Denied};
use linli_domain::refusal::Refusal;
use linli_domain::voices::VoiceRefusal;
use linli_store::Settings;
use tokio::task::JoinSet;

use super::mapping::Founding;
use super::report::SkippedRow;
use super::{Mapping, Outcome, Report, Request, Requests, encoding};
use crate::data_dir::DataDir;
use crate::settings::DataArgs;

/// Requests on their way at the same time.
const AT_ONCE: usize = 64;
/// Skipped rows that are named on the screen.
const NAMED: usize = 20;

/// What `linli import requests` takes.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
    /// The table of requests.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which column is what: docs/import.md.
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
}

/// Imports a file and tells what became of its rows. `Err` when nothing was imported.
pub async fn requests(args: ImportArgs) -> Result<(), String> {
    let coded = |code: &str, args: Vec<(&'static str, String)>| format!("{code}{}", told(&args));
    let text = encoding::read(&args.mapping, encoding::MAPPING_BYTES_MAX).map_err(|f| coded(f.code(), f.args()))?;
    let mapping = Mapping::parse(&text.text).map_err(|fault| coded(fault.code(), fault.args()))?;
    let requests = Requests::open(&args.file, mapping.clone()).map_err(|fault| coded(fault.code(), fault.args()))?;
    println!("{}: {}, cells parted by {:?}", args.file.display(), requests.encoding(), requests.delimiter());
    let data = args.data.with_file()?;
    let data = DataDir::new(&data.data, data.key_file, data.database.as_deref()).map_err(|e| e.to_string())?;
    let _lock = data.lock().map_err(|e| e.to_string())?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(|e| e.to_string())?;
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} rows  {per_sec}  {elapsed}") {
        bar.set_style(style);
    }
    let (report, ended) = run(&app, &mapping, requests, &bar).await;
    bar.finish_and_clear();
    print(&report);
    match ended {
        Err(denied) => Err(format!("the import stopped: {denied}. What was taken stays; run it again for the rest.")),
        Ok(()) if report.is_success() => Ok(()),
        Ok(()) => Err("nothing was imported".into()),
    }
}

fn told(args: &[(&'static str, String)]) -> String {
    args.iter().fold(String::new(), |told, (name, value)| told + " " + name + "=" + value)
}

fn print(report: &Report) {
    println!("taken {} · already there {} · skipped {}", report.taken(), report.already_there(), report.skipped());
    for (code, count) in report.by_reason() {
        println!("  {count} × {code}");
    }
    for row in report.skipped_rows().iter().take(NAMED) {
        let id = row.external_id.as_deref().unwrap_or("-");
        println!("  line {} (id {id}): {}{}", row.line, row.code, told(&row.args));
    }
    let unnamed = report.skipped().saturating_sub(NAMED as u64);
    if unnamed > 0 {
        println!("  … and {unnamed} more");
    }
}

/// What became of one row.
struct Ended {
    line: u64,
    external_id: String,
    outcome: Result<(), Denied>,
}

/// Sends every request through the use case; the first fault of the database ends it.
pub async fn run(app: &App, mapping: &Mapping, requests: Requests, bar: &ProgressBar) -> (Report, Result<(), Denied>) {
    let mut report = Report::new();
    let mut communities = match Communities::read(app, &mapping.founding).await {
        Ok(communities) => communities,
        Err(denied) => return (report, Err(denied)),
    };
    let mut under_way: JoinSet<Ended> = JoinSet::new();
    for row in requests {
        bar.inc(1);
        let request = match row {
            Ok(request) => request,
            Err(faulty) => {
                report.skip(faulty);
                continue;
            }
        };
        let place = match communities.of(app, &request).await {
            Ok(Some(place)) => place,
            Ok(None) => {
                report.skip(without_community(&request));
                continue;
            }
            Err(denied) => return (report, Err(denied)),
        };
        if under_way.len() >= AT_ONCE
            && let Some(Ok(ended)) = under_way.join_next().await
            && let Err(denied) = count(&mut report, ended)
        {
            return (report, Err(denied));
        }
        under_way.spawn(take(app.clone(), place, mapping.source.clone(), request));
    }
    while let Some(ended) = under_way.join_next().await {
        if let Ok(ended) = ended
            && let Err(denied) = count(&mut report, ended)
        {
            return (report, Err(denied));
        }
    }
    (report, Ok(()))
}

fn without_community(request: &Request) -> SkippedRow {
    SkippedRow {
        line: request.line,
        code: "import-row-missing-cell",
        args: vec![("column", "community".into())],
        external_id: Some(request.external_id.clone()),
    }
}

async fn take(app: App, place: Place, source: String, request: Request) -> Ended {
    let outcome = match request.outcome {
        Outcome::InTime => Some("in_time"),
        Outcome::Late => Some("late"),
        Outcome::Open => Some("open"),
        Outcome::Unknown => None,
    };
    let input = ImportRequestInput {
        source,
        external_id: request.external_id.clone(),
        text: request.text,
        place: request.place,
        at: request.at.unwrap_or_else(|| app.clock().now().rfc3339()),
        outcome: outcome.map(str::to_owned),
    };
    let ordered = Ordered::<ImportRequest>::new(Here {}, input);
    let done = app.execute(&Caller::system(), &place, ordered).await;
    Ended { line: request.line, external_id: request.external_id, outcome: done.map(drop) }
}

/// Counts what became of a row; a fault of the machine is no row's fault.
fn count(report: &mut Report, ended: Ended) -> Result<(), Denied> {
    let there: Refusal = VoiceRefusal::ImportedAlready.into();
    let refusal = match ended.outcome {
        Ok(()) => {
            report.take();
            return Ok(());
        }
        Err(Denied::Refused(refusal)) if refusal.code == there.code => {
            report.find_there();
            return Ok(());
        }
        Err(Denied::Refused(refusal)) => refusal,
        Err(Denied::Fields(fields)) => match fields.into_iter().next() {
            Some(one) => {
                Refusal { args: [vec![("field", one.field.to_owned())], one.refusal.args].concat(), ..one.refusal }
            }
            None => return Ok(()),
        },
        Err(fault @ Denied::Fault(_)) => return Err(fault),
    };
    report.skip(SkippedRow {
        line: ended.line,
        code: refusal.code,
        args: refusal.args,
        external_id: Some(ended.external_id),
    });
    Ok(())
}

/// The communities of the file: a street and a community are one of ours.
struct Communities<'a> {
    known: HashMap<(String, String), Place>,
    slugs: Vec<String>,
    founding: &'a Founding,
}

impl<'a> Communities<'a> {
    async fn read(app: &App, founding: &'a Founding) -> Result<Self, Denied> {
        let places = app.communities().await?;
        let slugs = places.iter().map(|place| place.slug.clone()).collect();
        let known = places.into_iter().map(|place| ((place.area.clone(), place.name.clone()), place)).collect();
        Ok(Self { known, slugs, founding })
    }

    /// The community of a request; founded when it is not there. `None` when the row names none.
    async fn of(&mut self, app: &App, request: &Request) -> Result<Option<Place>, Denied> {
        let Some(name) = request.community.clone().or_else(|| request.street.clone()) else { return Ok(None) };
        let area = request.street.clone().unwrap_or_else(|| name.clone());
        let key = (area, name);
        if let Some(place) = self.known.get(&key) {
            return Ok(Some(Place::clone(place)));
        }
        let slug = self.free_slug(&key.1);
        let input = FoundCommunityInput {
            slug: slug.clone(),
            name: key.1.clone(),
            area: key.0.clone(),
            duty_name: self.founding.duty_name.clone(),
            duty_phone: self.founding.duty_phone.clone(),
            office: self.founding.office.clone(),
            confirm_days: None,
            groups: self.founding.groups.clone(),
            categories: self.founding.categories.clone(),
        };
        app.execute(&Caller::system(), &App::instance(), Ordered::<FoundCommunity>::new(Here {}, input)).await?;
        let place = app.community(&slug).await?;
        self.slugs.push(slug);
        self.known.insert(key, Place::clone(&place));
        Ok(Some(place))
    }

    /// An address word from the sound of the name, with a number where it is taken.
    fn free_slug(&self, name: &str) -> String {
        let sound: String =
            linli_text::names::sort_key(name).chars().filter(char::is_ascii_lowercase).take(30).collect();
        let sound = if sound.len() < 2 { "community".to_owned() } else { sound };
        let free = |slug: &String| !self.slugs.contains(slug) && linli_domain::places::Slug::parse(slug).is_ok();
        let mut numbered = (2_u32..).map(|n| format!("{sound}-{n}"));
        Some(sound.clone()).filter(free).or_else(|| numbered.find(free)).unwrap_or(sound)
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
