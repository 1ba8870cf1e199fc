//! Those who mean harm: guessers, forgers, poisoned headers, scripts in texts.

use axum::http::StatusCode;
use serde_json::json;

use crate::client::Site;

/// C19: a header does not defeat the brake, and a neighbour behind the same address still gets her page.
#[tokio::test]
async fn guesses_are_slowed_and_a_neighbour_gets_through() {
    let site = Site::sqlite().await;
    let said = site.world.say("灯坏了").await;
    let started = std::time::Instant::now();
    for n in 0..40_u32 {
        let code = format!("{}{:016}", &said.receipt[..4], n);
        let forged = format!("198.51.100.{}", n % 250);
        let answer = site.get_with(&format!("/r/{code}"), &[("x-forwarded-for", &forged)]).await;
        assert!(matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::TOO_MANY_REQUESTS), "{}", answer.status);
    }
    assert!(started.elapsed() > std::time::Duration::from_millis(2_500), "{:?} for forty guesses", started.elapsed());
    let neighbour = site.get(&said.page).await;
    assert_eq!(neighbour.status, StatusCode::OK, "a right code waits its turn and is served");
}

/// Wrong, expired and never issued are one answer, to the byte.
#[tokio::test]
async fn what_is_no_receipt_looks_the_same() {
    let site = Site::sqlite().await;
    let said = site.world.say("灯坏了").await;
    let strip = |text: String| {
        // The path and the request's name are the reader's own.
        let parts: Vec<&str> = text.split("name=\"back\" value=\"").collect();
        parts.iter().map(|part| part.split_once('"').map_or(*part, |(_, rest)| rest)).collect::<String>()
    };
    let never = site.get("/api/v1/receipts/99991234567890123456").await;
    let wrong = site.get(&format!("/api/v1/receipts/{}0000000000000000", &said.receipt[..4])).await;
    site.world.app.clock().advance_days(365 * 3 + 2);
    let expired = site.get(&format!("/api/v1/receipts/{}", said.receipt)).await;
    for one in [&never, &wrong, &expired] {
        assert_eq!(one.status, StatusCode::NOT_FOUND);
        let (mut told, mut first) = (one.json(), never.json());
        told["request_id"] = json!("");
        first["request_id"] = json!("");
        assert_eq!(told, first);
    }
    assert!(!strip(site.get("/r/99991234567890123456").await.text()).is_empty());
}

/// C61: guessing slows; the right person gets in from another address, a colleague from the same one.
#[tokio::test]
async fn nobody_is_locked_out_by_somebody_elses_guesses() {
    let site = Site::sqlite().await;
    let name = site.world.desk.name.clone();
    let mut refused = 0;
    for n in 0..8 {
        let body = json!({"name": name, "password": format!("wrong-wrong-{n}")});
        let forged = format!("203.0.113.{n}");
        let answer = site.post("/api/v1/sessions", &body, &[("x-forwarded-for", &forged)]).await;
        assert!(matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS));
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused < 8, "slowed, not locked out");
    site.token(&site.world.volunteers[0]).await;
    site.token(&site.world.desk).await;
}

/// C59: no link comes from a request's own headers.
#[tokio::test]
async fn poisoned_headers_poison_nothing() {
    let site = Site::sqlite().await;
    let said = site.world.say("灯坏了").await;
    let evil = [
        ("host", "evil.invalid"),
        ("x-forwarded-host", "evil.invalid"),
        ("x-forwarded-proto", "gopher"),
        ("forwarded", "host=evil.invalid"),
    ];
    for path in [said.page.clone(), site.path(""), site.path("/qr.svg"), site.path("/list"), "/desk".into(), "/".into()]
    {
        let answer = site.get_with(&path, &evil).await;
        let told = format!("{} {:?}", answer.text(), answer.headers);
        assert!(!told.contains("evil.invalid") && !told.contains("gopher"), "{path}");
    }
    assert!(site.get(&said.page).await.text().contains("http://linli.test/r/"), "links are of the settings");
}

/// Scripts in texts are text, and the policy would stop them besides.
#[tokio::test]
async fn a_script_in_a_text_is_text() {
    let site = Site::sqlite().await;
    let (said, _) = site.world.listed("<script>alert(1)</script>\"'><img src=x onerror=alert(1)>").await;
    let cookie = site.cookie(&site.world.desk).await;
    for path in [said.page, site.path("/list"), format!("/desk/{}/matters/1", site.world.place.slug)] {
        let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
        let page = answer.text();
        assert!(page.contains("&#60;script&#62;") || page.contains("&lt;script&gt;"), "{path}");
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
}

/// C82: one sign does not turn the page round.
#[tokio::test]
async fn no_sign_turns_a_row_round() {
    let site = Site::sqlite().await;
    let (_, _) = site.world.listed("\u{202E}三账的不算 2026\u{2066}abc").await;
    let (_, _) = site.world.listed("修路").await;
    for path in [site.path("/list"), site.path("/list.csv"), site.api("/list")] {
        let page = site.get(&path).await.text();
        assert!(page.contains("三账的不算 2026abc"), "{path}");
        assert!(
            !page.chars().any(|c| ('\u{202A}'..='\u{202E}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c))
        );
    }
}

#[tokio::test]
async fn figures_are_for_this_machine_only() {
    let site = Site::sqlite().await;
    assert_eq!(site.get("/metrics").await.status, StatusCode::NOT_FOUND, "from another machine");
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(site.get("/readyz").await.status, StatusCode::OK);
    let there = site.get(&format!("{}/", site.path(""))).await;
    assert_eq!((there.status, there.header("location")), (StatusCode::PERMANENT_REDIRECT, site.path("").as_str()));
    assert_eq!(site.get("//evil.invalid/").await.status, StatusCode::NOT_FOUND);
    let missing = site.get("/nothing-here-at-all").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains(missing.header("x-request-id")), "the page names the request");
}
