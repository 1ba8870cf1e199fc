//! The JSON API: the stable names, problems, and the document that describes it.

use axum::http::StatusCode;
use linli_testkit::both_engines;
use linli_web::{Side, openapi_json, rows};
use serde_json::{Value, json};

use crate::client::Site;

both_engines! {
    async fn the_main_flow_by_its_stable_names(world) {
        let site = Site::on(world).await;
        let said = site.post(&site.api("/voices"), &json!({"text": "路灯坏了", "contact": "13912345678", "place": "北门"}), &[]).await;
        assert_eq!(said.status, StatusCode::CREATED);
        let receipt = said.json()["receipt"].as_str().expect("a receipt").to_owned();
        let desk = format!("Bearer {}", site.token(&site.world.desk).await);
        let volunteer = format!("Bearer {}", site.token(&site.world.volunteers[0]).await);
        let (desk, volunteer) = ([("authorization", desk.as_str())], [("authorization", volunteer.as_str())]);
        let inbox = site.get_with(&site.api("/matters?stage=received"), &desk).await.json();
        let matter = inbox["matters"][0]["id"].as_str().expect("an id").to_owned();
        let mut listing = serde_json::to_value(site.world.listing("修路灯")).expect("json");
        listing.as_object_mut().expect("fields").retain(|_, value| !value.is_null());
        let listed = site.post(&site.api(&format!("/matters/{matter}/list")), &listing, &desk).await;
        assert_eq!(listed.json()["number"], 1);
        let task = site.post(&site.api("/matters/1/tasks"), &json!({}), &desk).await;
        assert_eq!(task.status, StatusCode::CREATED);
        let task = task.json()["id"].as_str().expect("an id").to_owned();
        for step in ["accept", "finish"] {
            let done = site.post(&site.api(&format!("/tasks/{task}/{step}")), &json!({}), &volunteer).await;
            assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        }
        let standing = site.get(&format!("/api/v1/receipts/{receipt}")).await;
        assert_eq!(standing.json()["stage"], "awaiting");
        assert_eq!(standing.header("cache-control"), "no-store");
        let verdict = site.post(&format!("/api/v1/receipts/{receipt}/verdict"), &json!({"verdict": "solved"}), &[]).await;
        assert_eq!(verdict.json()["stage"], "confirmed");
        let list = site.get(&site.api("/list")).await.json();
        assert_eq!(list["groups"][0]["entries"][0]["standing"], "confirmed");
    }

    /// C08 and its kind: the same bytes through every door are a 4xx on both engines.
    async fn odd_bytes_are_told_and_break_nothing(world) {
        let site = Site::on(world).await;
        let desk = format!("Bearer {}", site.token(&site.world.desk).await);
        for path in [
            site.path("/list?q=%00"),
            site.path("/list?group=%00"),
            site.path("/list?cursor=%ff"),
            site.path("/list?cursor=-1"),
            site.path("/list?cursor=1-99999999999999999999"),
            site.api("/matters?stage=%00"),
            site.api("/matters?stage=nonsense"),
            site.api("/matters?cursor=%ff"),
            site.api("/matters?sort=id;drop"),
            site.api("/matters/%00"),
            site.api("/matters/-1"),
            site.api("/matters/999999999999999999999"),
            site.api("/tasks/%F0%9F"),
            "/%00/list".into(),
            "/r/%00".into(),
            "/r/..%2f..%2fetc".into(),
            "/api/v1/receipts/%00".into(),
            "/api/v1/receipts/%ff%fe".into(),
            "/assets/..%2f..%2fCargo.toml".into(),
        ] {
            let answer = site.get_with(&path, &[("authorization", &desk)]).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
            assert!(!answer.text().contains("panicked"), "{path}");
        }
    }
}

#[tokio::test]
async fn a_problem_says_what_to_do_in_the_readers_language() {
    let site = Site::sqlite().await;
    for (language, sentence) in [("zh-CN", "这里还没有写"), ("en", "")] {
        let answer =
            site.post(&site.api("/voices"), &json!({"text": "\u{200B}"}), &[("accept-language", language)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!((&problem["code"], &problem["fields"][0]["code"]), (&json!("fields"), &json!("text-empty")));
        assert!(problem["detail"].as_str().expect("a sentence").contains(sentence));
        assert_eq!(problem["request_id"], answer.header("x-request-id"), "the log knows it by this name");
    }
    for (body, code) in
        [("{\"text\":\"灯\",\"role\":\"admin\"}", "unknown-field"), ("{\"text\":", "unreadable"), ("[]", "unreadable")]
    {
        let request = crate::client::request(
            axum::http::Method::POST,
            &site.api("/voices"),
            &[("content-type", "application/json")],
            axum::body::Body::from(body),
        );
        assert_eq!(site.send(request).await.json()["code"], code, "{body}");
    }
    let large = json!({"text": "x".repeat(3 * 1024 * 1024)});
    assert_eq!(site.post(&site.api("/voices"), &large, &[]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.received().await, 0);
}

#[tokio::test]
async fn a_repeated_key_gets_its_first_answer_over_http() {
    let site = Site::sqlite().await;
    let key = [("idempotency-key", "k-1")];
    let first = site.post(&site.api("/voices"), &json!({"text": "灯坏了"}), &key).await;
    let again = site.post(&site.api("/voices"), &json!({"text": "灯坏了"}), &key).await;
    assert_eq!(first.json(), again.json());
    let other = site.post(&site.api("/voices"), &json!({"text": "别的"}), &key).await;
    assert_eq!((other.status, &other.json()["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("key-reused")));
    assert_eq!(site.received().await, 1);
}

/// The document has every row of the table, and nothing in it points nowhere.
#[test]
fn the_document_is_whole() {
    let document: Value = serde_json::from_str(&openapi_json("https://linli.test")).expect("JSON");
    let mut names = std::collections::BTreeSet::new();
    for row in rows().iter().filter(|row| row.side == Side::Api) {
        let operation = &document["paths"][row.path][row.method.to_lowercase()];
        let name = operation["operationId"].as_str().unwrap_or_else(|| panic!("{} {}", row.method, row.path));
        assert!(names.insert(name.to_owned()), "{name} twice");
        assert!(operation["responses"]["default"].is_object());
    }
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is nowhere");
    }
    for path in
        ["/api/v1/{community}/voices", "/api/v1/receipts/{code}", "/api/v1/receipts/{code}/verdict", "/api/v1/sessions"]
    {
        assert!(document["paths"][path].is_object(), "{path}");
    }
}
