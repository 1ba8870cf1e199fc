//! The command side of an import: once is once, whatever is run again.

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
    import_telling(app, bytes, |_| {}).await
}

async fn import_telling(app: &App, bytes: &[u8], told: impl FnMut(Read)) -> Report {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("table.csv");
    std::fs::write(&file, bytes).expect("written");
    let mapping = Mapping::parse(MAPPING).expect("mapping");
    let requests = Requests::open(&file, mapping.clone()).expect("requests");
    let (report, ended) = run(app, &mapping, requests, told).await;
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

/// Names the folder of a process that is there to be killed.
const VICTIM: &str = "LINLI_TEST_IMPORT_VICTIM";

/// This test starts itself again, as a process that imports and tells each row, and kills that at a random row.
#[tokio::test]
async fn killed_at_a_random_row_and_run_again_nothing_is_lost_or_doubled() {
    use std::io::BufRead as _;
    const ROWS: usize = 3_000;
    if let Some(folder) = std::env::var_os(VICTIM) {
        let data = DataDir::new(std::path::Path::new(&folder), None, None).expect("location");
        let app = data.open(Settings::default(), Clock::System, Randomness::System).await.expect("opens");
        import_telling(&app, table(ROWS).as_bytes(), |read| println!("row {}", read.rows)).await;
        // Where the machine is slow to kill, nothing is left to do: but never does it end by itself.
        std::thread::sleep(std::time::Duration::from_mins(1));
        return;
    }
    for _ in 0..3 {
        let folder = tempfile::tempdir().expect("folder");
        // Makes the folder, and is closed again before the other process comes.
        drop(app(&folder).await);
        let last = usize::try_from(200 + Randomness::System.below(ROWS as u64 - 400)).expect("row");
        let mut victim = std::process::Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "--nocapture",
                "import::run::tests::killed_at_a_random_row_and_run_again_nothing_is_lost_or_doubled",
            ])
            .env(VICTIM, folder.path().join("data"))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("starts");
        let told = std::io::BufReader::new(victim.stdout.take().expect("output"));
        let reached = told.lines().map_while(Result::ok).any(|line| line == format!("row {last}"));
        victim.kill().expect("killed");
        assert!(reached && !victim.wait().expect("ended").success(), "killed at row {last}");

        let app = app(&folder).await;
        let rest = import(&app, table(ROWS).as_bytes()).await;
        let there = usize::try_from(rest.already_there()).expect("count");
        assert!(there + AT_ONCE + 1 >= last, "at row {last} all but those under way had been acknowledged: {there}");
        assert_eq!((rest.taken() + rest.already_there(), rest.skipped()), (ROWS as u64, 2));
        let wanted = [("dongshequ".to_owned(), ROWS / 2), ("xishequ".to_owned(), ROWS / 2)];
        assert_eq!(received(&app).await, wanted, "killed at row {last}");
    }
}

/// Names in a file are as dirty as cells: one that cannot be a name is its row's fault alone, and one with signs that no
/// eye can see is the same name in the next import too.
#[tokio::test]
async fn a_bad_name_stops_no_other_row_and_an_unseen_sign_makes_no_second_community() {
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    let row = |id: &str, community: &str| format!("{id},2026-01-01 00:30:00,河街道,{community},-,路灯不亮,1\n");
    let long = "长".repeat(80);
    let rows =
        [row("1", "东社区"), row("2", &long), row("3", "东\u{200B}社区"), row("4", "\u{3164}"), row("5", "西社区")];
    let text = format!("ID,AT,STREET,COMMUNITY,PLACE,KIND,DONE\n{}", rows.concat());
    let first = import(&app, text.as_bytes()).await;
    let named: Vec<_> = first.skipped_rows().iter().map(|row| (row.line, row.code)).collect();
    assert_eq!((first.taken(), named), (4, vec![(3, "text-too-long")]));
    assert!(first.skipped_rows()[0].args.contains(&("field", "name".to_owned())));
    let again = import(&app, text.as_bytes()).await;
    assert_eq!((again.taken(), again.already_there(), again.skipped()), (0, 4, 1));
    let wanted = [("dongshequ".to_owned(), 2), ("hejiedao".to_owned(), 1), ("xishequ".to_owned(), 1)];
    assert_eq!(received(&app).await, wanted, "a row without a community is its street's");
}

/// What the mapping says wrongly is wrong for every row, and is told at once.
#[tokio::test]
async fn a_founding_that_is_refused_stops_the_import() {
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    let mut mapping = Mapping::parse(MAPPING).expect("mapping");
    mapping.founding.duty_phone = "1".repeat(200);
    let file = folder.path().join("table.csv");
    std::fs::write(&file, table(30)).expect("written");
    let requests = Requests::open(&file, mapping.clone()).expect("requests");
    let (report, ended) = run(&app, &mapping, requests, |_| {}).await;
    assert_eq!((report.taken(), report.skipped()), (0, 0));
    assert_eq!(ended.expect_err("stopped").to_string(), "duty_phone: text-too-long");
}

/// Two imports at once, each unaware of what the other founds: one community, each request once.
#[tokio::test]
async fn two_imports_at_once_found_a_community_once() {
    let folder = tempfile::tempdir().expect("folder");
    let app = app(&folder).await;
    let text = table(300);
    let (one, other) = tokio::join!(import(&app, text.as_bytes()), import(&app, text.as_bytes()));
    assert_eq!(one.taken() + other.taken(), 300);
    assert_eq!(one.already_there() + other.already_there(), 300);
    let wanted = [("dongshequ".to_owned(), 150), ("xishequ".to_owned(), 150)];
    assert_eq!(received(&app).await, wanted);
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
    let (report, ended) = run(&app, &mapping, requests, |_| {}).await;
    ended.expect("no fault");
    assert_eq!(report.taken() + report.skipped(), 10_000);
    assert!(report.taken() > 9_900);
    let counted: usize = received(&app).await.iter().map(|(_, count)| count).sum();
    assert_eq!(u64::try_from(counted).expect("count"), report.taken());
}
