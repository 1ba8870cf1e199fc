//! The command side of an import: once is once, whatever is run again.

use indicatif::ProgressBar;
use linli_app::App;
use linli_app::clock::Clock;
use linli_app::ids::Randomness;
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_store::Settings;

use super::*;
use crate::data_dir::DataDir;

const MAPPING: &str = r#"
source = "hotline"
unknown = ["-"]
text_template = "{KIND}"
[columns]
external_id = "ID"
created_at = "AT"
street = "STREET"
community = "COMMUNITY"
place = "PLACE"
[outcome]
in_time = { column = "DONE", values = ["1"] }
"#;

/// `rows` requests in two communities, with one row that has no community and one that repeats an id.
fn table(rows: usize) -> String {
    let mut text = String::from("ID,AT,STREET,COMMUNITY,PLACE,KIND,DONE\n");
    for n in 0..rows {
        let community = ["东社区", "西社区"][n % 2];
        let minute = n % 60;
        let row = [format!("{n:05}"), format!("2026-01-01 00:{minute:02}:00"), community.to_owned(), format!("{n}号")];
        let [id, at, community, place] = row;
        text.extend([&id, ",", &at, ",河街道,", &community, ",", &place, ",路灯不亮,1\n"].map(str::to_owned));
    }
    text.push_str("90001,2026-01-01 00:30:00,-,-,-,没有社区,0\n00000,2026-01-01 00:30:00,河街道,东社区,-,重号,0\n");
    text
}

async fn app(folder: &tempfile::TempDir) -> App {
    let data = DataDir::new(&folder.path().join("data"), None, None).expect("location");
    std::fs::create_dir_all(data.path()).expect("folder");
    data.open(Settings::default(), Clock::System, Randomness::System).await.expect("opens")
}

async fn import(app: &App, bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("table.csv");
    std::fs::write(&file, bytes).expect("written");
    let mapping = Mapping::parse(MAPPING).expect("mapping");
    let requests = Requests::open(&file, mapping.clone()).expect("requests");
    let (report, ended) = run(app, &mapping, requests, &ProgressBar::hidden()).await;
    ended.expect("no fault");
    report
}

async fn received(app: &App) -> Vec<(String, usize)> {
    use linli_app::command::Nothing;
    use linli_app::matters::overview::ShowDesk;
    let mut all = Vec::new();
    for place in app.communities().await.expect("communities") {
        let desk = app.ask::<ShowDesk>(&Caller::system(), &place, Here {}, Nothing {}).await.expect("desk");
        all.push((place.slug.clone(), usize::try_from(desk.counts.received).expect("count")));
    }
    all
}

#[tokio::test]
async fn twice_is_once_and_half_is_no_hindrance() {
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    // As if the first run had been killed after thirty rows.
    let first = import(&app, table(30).as_bytes()).await;
    assert_eq!((first.taken(), first.already_there(), first.skipped()), (30, 0, 2));
    let whole = import(&app, table(200).as_bytes()).await;
    assert_eq!((whole.taken(), whole.already_there(), whole.skipped()), (170, 30, 2));
    let again = import(&app, table(200).as_bytes()).await;
    assert_eq!((again.taken(), again.already_there()), (0, 200));
    assert!(again.is_success());
    let wanted = [("dongshequ".to_owned(), 100), ("xishequ".to_owned(), 100)];
    assert_eq!(received(&app).await, wanted, "two communities, each request once");
}

#[tokio::test]
async fn every_row_that_is_left_out_is_named() {
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    let report = import(&app, table(3).as_bytes()).await;
    let named: Vec<_> = report.skipped_rows().iter().map(|row| (row.line, row.code)).collect();
    assert_eq!(named, [(5, "import-row-missing-cell"), (6, "import-row-duplicate-id")]);
    let blank = "ID,AT,STREET,COMMUNITY,PLACE,KIND,DONE\n1,never,河街道,东社区,-,路灯,1\n";
    let report = import(&app, blank.as_bytes()).await;
    assert_eq!(report.skipped_rows()[0].code, "not-a-day");
    assert!(!report.is_success(), "nothing is never a success");
}

/// C55: the zone of the machine never decides a day; C47, and GBK: other encodings are taken.
#[tokio::test]
async fn times_are_of_china_and_encodings_are_found() {
    let text = "ID,AT,STREET,COMMUNITY,PLACE,KIND,DONE\n1,2026-01-01 00:30:00,河街道,东社区,-,路灯,1\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes().to_vec(), gbk.into_owned(), utf16] {
        let folder = tempfile::tempdir().expect("folder");
        let app = app(&folder).await;
        assert_eq!(import(&app, &bytes).await.taken(), 1);
        let place = app.communities().await.expect("communities").remove(0);
        assert_eq!((place.area.as_str(), place.name.as_str()), ("河街道", "东社区"));
        let all = MattersInput::default();
        let lines = app.ask::<ShowMatters>(&Caller::system(), &place, Here {}, all).await.expect("matters");
        assert_eq!(lines.matters[0].received_at.minute(), "2026-01-01 00:30");
    }
}

/// The real file, where it lies beside the project; the project passes its tests without it.
#[tokio::test]
async fn ten_thousand_real_requests_go_through_the_use_case() {
    let real = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/pingshan_requests.csv");
    let mapping = include_str!("../../../../docs/examples/pingshan-mapping.toml");
    let mapping = Mapping::parse(mapping).expect("the example is a mapping");
    if !real.exists() {
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    let requests = Requests::open(&real, mapping.clone()).expect("requests");
    let (report, ended) = run(&app, &mapping, requests, &ProgressBar::hidden()).await;
    ended.expect("no fault");
    assert_eq!(report.taken() + report.skipped(), 10_000);
    assert!(report.taken() > 9_900);
    let counted: usize = received(&app).await.iter().map(|(_, count)| count).sum();
    assert_eq!(u64::try_from(counted).expect("count"), report.taken());
}
