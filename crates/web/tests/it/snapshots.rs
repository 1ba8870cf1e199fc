//! Snapshots of the answers that programs rely on and of one page: a change of them is a decision.

use linli_testkit::both_engines;
use serde_json::{Value, json};

use crate::client::Site;

/// What differs from run to run becomes a word.
fn steady(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                if ["slug", "community", "id", "matter", "receipt", "receipt_spaced", "page", "request_id"]
                    .contains(&name.as_str())
                {
                    *field = json!(format!("[{name}]"));
                } else {
                    *field = steady(field.take());
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = steady(item.take())),
        _ => {}
    }
    value
}

fn pretty(value: Value) -> String {
    serde_json::to_string_pretty(&steady(value)).expect("json")
}

both_engines! {
    async fn answers_for_programs(world) {
        let site = Site::on(world).await;
        let said = site.post(&site.api("/voices"), &json!({"text": "路灯坏了", "place": "北门"}), &[]).await.json();
        insta::assert_snapshot!("said", pretty(said));
        let (red, _) = site.world.awaiting("修水渠").await;
        insta::assert_snapshot!("standing", pretty(site.get(&format!("/api/v1/receipts/{}", red.receipt)).await.json()));
        site.world.answer(&red, "solved").await.expect("confirmed");
        site.world.listed("修路灯").await;
        insta::assert_snapshot!("list", pretty(site.get(&site.api("/list")).await.json()));
        let mut problem = site.post(&site.api("/voices"), &json!({"text": ""}), &[]).await.json();
        problem["type"] = json!("[type]");
        insta::assert_snapshot!("problem", pretty(problem));
    }
}

#[tokio::test]
async fn the_list_page() {
    let site = Site::sqlite().await;
    let (red, _) = site.world.awaiting("修水渠").await;
    site.world.answer(&red, "solved").await.expect("confirmed");
    site.world.listed("修路灯").await;
    let page = site.get(&site.path("/list")).await.text();
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    insta::assert_snapshot!("list_page", main.replace(&site.world.place.slug, "[slug]"));
}
