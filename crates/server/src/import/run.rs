//! `linli import requests`: every row goes through the use case, up to 64 at a time, so that one commit carries many.
//!
//! Running it twice, or again after it was killed, adds nothing twice: a request's key is its source and its id there.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use clap::Args;
use linli_app::clock::Clock;
use linli_app::command::{Here, Place, Request as Ordered};
use linli_app::ids::Randomness;
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::voices::import::{ImportRequest, ImportRequestInput};
use linli_app::{App, Caller, Denied};
use linli_domain::places::PlaceRefusal;
use linli_domain::refusal::{CommonRefusal, Refusal};
use linli_domain::typed::{FieldRefusal, Line};
use linli_domain::voices::VoiceRefusal;
use linli_store::{Fault, Settings};
use tokio::task::{JoinError, JoinSet};

use super::progress::{Progress, Read};
use super::report::SkippedRow;
use super::{FaultyRow, Mapping, Outcome, Report, Request, Requests, RowFault, encoding};
use crate::data_dir::DataDir;
use crate::settings::DataArgs;

/// Requests on their way at the same time.
const AT_ONCE: usize = 64;
/// Tries to found one community, while other imports found theirs.
const FOUNDINGS: usize = 5;
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
    let mut progress = Progress::new();
    let (report, ended) = run(&app, &mapping, requests, |read| progress.tell(read)).await;
    progress.end();
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

/// Sends every request through the use case; the first fault of the machine ends it. `told` hears of every row.
pub async fn run(
    app: &App,
    mapping: &Mapping,
    requests: Requests,
    told: impl FnMut(Read),
) -> (Report, Result<(), Denied>) {
    let mut report = Report::new();
    let mut under_way = JoinSet::new();
    let mut ended = send(app, mapping, requests, &mut under_way, &mut report, told).await;
    // What is under way is let through and counted, even where something has stopped the rest.
    while let Some(joined) = under_way.join_next().await {
        ended = ended.and(count(&mut report, joined));
    }
    report.put_in_order();
    (report, ended)
}

async fn send(
    app: &App,
    mapping: &Mapping,
    mut requests: Requests,
    under_way: &mut JoinSet<Ended>,
    report: &mut Report,
    mut told: impl FnMut(Read),
) -> Result<(), Denied> {
    let mut communities = Communities::read(app, mapping).await?;
    let mut rows = 0;
    while let Some(row) = requests.next() {
        rows += 1;
        let (bytes, bytes_all) = requests.bytes();
        told(Read { rows, bytes, bytes_all });
        let request = match row {
            Ok(request) => request,
            Err(faulty) => {
                report.skip(faulty);
                continue;
            }
        };
        let place = match communities.of(app, &request).await? {
            Ok(place) => place,
            Err(skipped) => {
                report.skip(skipped);
                continue;
            }
        };
        if under_way.len() >= AT_ONCE
            && let Some(joined) = under_way.join_next().await
        {
            count(report, joined)?;
        }
        under_way.spawn(take(app.clone(), place, mapping.source.clone(), request));
    }
    Ok(())
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
fn count(report: &mut Report, joined: Result<Ended, JoinError>) -> Result<(), Denied> {
    let ended = joined.map_err(|error| Fault::Bug(error.to_string()))?;
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
        Err(Denied::Fields(fields)) => first_of(fields),
        Err(fault @ Denied::Fault(_)) => return Err(fault),
    };
    report.skip(skipped(ended.line, ended.external_id, refusal));
    Ok(())
}

/// The first field that is wrong stands for the row.
fn first_of(fields: Vec<FieldRefusal>) -> Refusal {
    fields.into_iter().next().map_or(CommonRefusal::Unreadable.into(), |one| Refusal {
        args: [vec![("field", one.field.to_owned())], one.refusal.args].concat(),
        ..one.refusal
    })
}

fn skipped(line: u64, external_id: String, refusal: Refusal) -> SkippedRow {
    SkippedRow { line, code: refusal.code, args: refusal.args, external_id: Some(external_id) }
}

/// The communities of the file: a street and a community are one of ours.
struct Communities<'a> {
    known: HashMap<(String, String), Place>,
    slugs: HashSet<String>,
    mapping: &'a Mapping,
}

impl<'a> Communities<'a> {
    async fn read(app: &App, mapping: &'a Mapping) -> Result<Self, Denied> {
        let mut communities = Self { known: HashMap::new(), slugs: HashSet::new(), mapping };
        communities.read_again(app).await?;
        Ok(communities)
    }

    async fn read_again(&mut self, app: &App) -> Result<(), Denied> {
        for place in app.communities().await? {
            self.slugs.insert(place.slug.clone());
            self.known.entry((place.area.clone(), place.name.clone())).or_insert(place);
        }
        Ok(())
    }

    /// The community of a request, founded when it is not there; or why the row cannot have one.
    async fn of(&mut self, app: &App, request: &Request) -> Result<Result<Place, SkippedRow>, Denied> {
        let street = request.street.as_deref().and_then(as_kept);
        let Some(name) = request.community.as_deref().and_then(as_kept).or_else(|| street.clone()) else {
            return Ok(Err(self.missing(request).into()));
        };
        let key = (street.unwrap_or_else(|| name.clone()), name);
        for _ in 0..FOUNDINGS {
            if let Some(place) = self.known.get(&key) {
                return Ok(Ok(Place::clone(place)));
            }
            match self.found(app, &key).await {
                Ok(()) => {}
                // The names are the row's. Whatever else is refused is the mapping's, and holds for every row.
                Err(Denied::Fields(fields)) if fields.iter().all(|one| matches!(one.field, "name" | "area")) => {
                    let refusal = first_of(fields);
                    return Ok(Err(skipped(request.line, request.external_id.clone(), refusal)));
                }
                // Another import was faster: perhaps with this very community.
                Err(Denied::Refused(refusal)) if refusal.code == slug_taken() => {}
                Err(denied) => return Err(denied),
            }
            self.read_again(app).await?;
        }
        Err(CommonRefusal::Raced.into())
    }

    async fn found(&self, app: &App, (area, name): &(String, String)) -> Result<(), Denied> {
        let founding = &self.mapping.founding;
        let input = FoundCommunityInput {
            slug: self.free_slug(name),
            name: name.clone(),
            area: area.clone(),
            duty_name: founding.duty_name.clone(),
            duty_phone: founding.duty_phone.clone(),
            office: founding.office.clone(),
            confirm_days: None,
            groups: founding.groups.clone(),
            categories: founding.categories.clone(),
        };
        let ordered = Ordered::<FoundCommunity>::new(Here {}, input);
        app.execute(&Caller::system(), &App::instance(), ordered).await.map(drop)
    }

    fn missing(&self, request: &Request) -> FaultyRow {
        let columns = &self.mapping.columns;
        let column = columns.community.clone().or_else(|| columns.street.clone()).unwrap_or_default();
        let external_id = Some(request.external_id.clone());
        FaultyRow { line: request.line, external_id, fault: RowFault::MissingCell { column } }
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

/// A name as the community's row keeps it: the same one has to be found again by the next import.
fn as_kept(name: &str) -> Option<String> {
    Line::parse(name, usize::MAX).ok().map(|line| line.as_str().to_owned())
}

fn slug_taken() -> &'static str {
    Refusal::from(PlaceRefusal::SlugTaken { slug: String::new() }).code
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
