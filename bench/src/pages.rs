//! Pages: how many in a second, how soon, how heavy.

use std::time::{Duration, Instant};

use linli_app::command::{Here, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::list::ListMatter;
use linli_app::voices::take::{TakeVoice, TakeVoiceInput};
use linli_domain::matters::MatterRef;
use linli_testkit::Engine;

use crate::http::Client;
use crate::report::Report;
use crate::server::Server;
use crate::world::Community;

/// Entries on the list that is measured.
const ENTRIES: usize = 54;
/// Readers at the same time.
const READERS: usize = 32;

/// Measures the resident's page and the list of fifty-four entries.
pub async fn measure(report: &mut Report) {
    let server = Server::start(Engine::Sqlite).await;
    let community = &server.world.communities[0];
    for n in 0..ENTRIES {
        list_one(&server, community, n).await;
    }
    let slug = community.place.slug.clone();
    for (name, path) in [("resident page", format!("/{slug}")), ("list page, 54 entries", format!("/{slug}/list"))] {
        let (per_s, latencies) = load(&server, &path).await;
        report.page(name, per_s, &latencies);
        let mut client = Client::connect(server.port).await.expect("connects");
        let mut first_bytes = Vec::new();
        let mut weight = 0;
        for _ in 0..200 {
            let answer = client.get(&path, "gzip").await.expect("a page");
            first_bytes.push(answer.first_byte);
            weight = answer.body.len();
        }
        first_bytes.sort_unstable();
        let first_ms = first_bytes[first_bytes.len() * 99 / 100].as_secs_f64() * 1_000.0;
        report.aim(format!("{name}: first byte, p99 ms"), first_ms, 5.0, false);
        let all = weight + assets(&mut client, &path).await;
        #[expect(clippy::cast_precision_loss, reason = "a weight")]
        report.aim(format!("{name}: kB with styles, script and icon"), all as f64 / 1_000.0, 25.0, false);
    }
    server.stop();
}

async fn list_one(server: &Server, community: &Community, n: usize) {
    let (app, place) = (&server.world.app, &community.place);
    let input = TakeVoiceInput { text: format!("第{n}件"), channel: "telephone".into(), ..TakeVoiceInput::default() };
    let taken = app.execute(&community.desk, place, Request::<TakeVoice>::new(Here {}, input)).await.expect("taken");
    let mut listing = community.listing.clone();
    listing.wording = format!("疏浚{n}组东头水渠并加固塘埂");
    let at = MatterAt { matter: MatterRef::Id(taken.matter) };
    app.execute(&community.desk, place, Request::<ListMatter>::new(at, listing)).await.expect("listed");
}

async fn load(server: &Server, path: &str) -> (f64, Vec<Duration>) {
    let (started, time) = (Instant::now(), Duration::from_secs(4));
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS {
        let (port, path) = (server.port, path.to_owned());
        readers.spawn(async move {
            let mut client = Client::connect(port).await.expect("connects");
            let mut latencies = Vec::new();
            while started.elapsed() < time {
                let asked = Instant::now();
                let answer = client.get(&path, "gzip").await.expect("a page");
                assert_eq!(answer.status, 200);
                latencies.push(asked.elapsed());
            }
            latencies
        });
    }
    let latencies: Vec<Duration> = readers.join_all().await.into_iter().flatten().collect();
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let per_s = latencies.len() as f64 / started.elapsed().as_secs_f64();
    (per_s, latencies)
}

/// Bytes of everything that the page links to, compressed as a phone would get it.
async fn assets(client: &mut Client, path: &str) -> usize {
    let page = client.get(path, "identity").await.expect("a page");
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let mut weight = 0;
    for part in html.split('"').filter(|part| part.starts_with("/assets/")) {
        weight += client.get(part, "br").await.expect("an asset").body.len();
    }
    weight
}
