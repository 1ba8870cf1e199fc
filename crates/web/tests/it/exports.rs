//! The list as a file: the same figures everywhere, no formulas, whole or a clear word.

use axum::http::StatusCode;

use crate::client::Site;

/// C23: page, JSON and file say the same; C05: no cell is a formula.
#[tokio::test]
async fn the_same_figures_on_every_way_out() {
    let site = Site::sqlite().await;
    for n in 0..5 {
        site.world.listed(&format!("第{n}件")).await;
    }
    let (said, _) = site.world.awaiting("=HYPERLINK(\"http://evil\")").await;
    site.world.answer(&said, "solved").await.expect("confirmed");
    let json = site.get(&site.api("/list")).await.json();
    assert_eq!((json["totals"]["listed"].as_i64(), json["totals"]["confirmed"].as_i64()), (Some(6), Some(1)));
    let csv = site.get(&site.path("/list.csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = csv.text();
    assert!(text.starts_with('\u{FEFF}'));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a table");
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().any(|row| row[2].starts_with("'=HYPERLINK")));
    assert_eq!(rows.iter().filter(|row| &row[6] == "已办好").count(), 1);
    let page = site.get(&site.path("/list")).await.text();
    for n in 0..5 {
        assert!(page.contains(&format!("第{n}件")));
    }
    let pdf = site.get(&site.path("/list.pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(pdf.body.starts_with(b"%PDF-"));
    assert!(pdf.header("content-disposition").contains("-list.pdf"));
}

/// More than a page: every entry once, in the order of the list, by its cursors.
#[tokio::test]
async fn a_long_list_pages_through_everything_once() {
    let site = Site::sqlite().await;
    for n in 0..205 {
        site.world.listed(&format!("第{n}件")).await;
    }
    let mut path = site.api("/list");
    let mut numbers = Vec::new();
    loop {
        let page = site.get(&path).await.json();
        for group in page["groups"].as_array().expect("groups") {
            numbers.extend(group["entries"].as_array().expect("entries").iter().filter_map(|e| e["number"].as_i64()));
        }
        let Some(next) = page["next"].as_str() else { break };
        path = site.api(&format!("/list?cursor={next}"));
    }
    assert_eq!(numbers, (1..=205).collect::<Vec<_>>());
    let csv = site.get(&site.path("/list.csv")).await.text();
    assert_eq!(csv.lines().count(), 206, "the file has them all");
}
