//! Forms: nothing typed is lost, nothing comes from another site, errors stand at their fields.

use axum::http::StatusCode;
use linli_testkit::both_engines;

use crate::client::Site;

both_engines! {
    async fn words_go_from_the_page_to_the_receipt(world) {
        let site = Site::on(world).await;
        let say = site.path("/say");
        let sent = site.submit(&say, &say, &[("text", "路灯坏了"), ("place", ""), ("contact", "")], "").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let receipt = site.get(sent.header("location")).await;
        assert!(receipt.text().contains("路灯坏了") && receipt.text().contains("记下了"));
        assert_eq!(receipt.header("cache-control"), "no-store");
    }

    /// C02 on the page: the second text stands in the form again, with a key of its own.
    async fn a_reused_key_shows_the_second_text_again(world) {
        let site = Site::on(world).await;
        let say = site.path("/say");
        let page = site.get(&say).await;
        let (csrf, key) = (page.hidden("_csrf"), page.hidden("_key"));
        let fields = |text| [("_csrf", csrf.as_str()), ("_key", key.as_str()), ("text", text)];
        let first = site.form(&say, &fields("灯坏了"), &[]).await;
        let again = site.form(&say, &fields("灯坏了"), &[]).await;
        assert_eq!(first.header("location"), again.header("location"), "sent twice is said once");
        let other = site.form(&say, &fields("水管爆了"), &[]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(other.text().contains("水管爆了"), "her second text");
        assert_ne!(other.hidden("_key"), key);
        assert_eq!(site.received().await, 1);
    }
}

/// C04, C75: what is wrong stands at its field, in a summary, tied for readers; every word is kept.
#[tokio::test]
async fn a_wrong_form_keeps_every_word() {
    let site = Site::sqlite().await;
    let say = site.path("/say");
    let (words, place) = ("三".repeat(300), "长".repeat(5_000));
    let sent = site.submit(&say, &say, &[("text", &words), ("place", &place)], "").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = sent.text();
    assert!(page.contains(&words) && page.contains(&place));
    assert!(
        page.contains("id=\"place-f\"") && page.contains("aria-invalid=\"true\"") && page.contains("role=\"alert\"")
    );
    assert!(!site.get(&say).await.text().contains("aria-invalid"), "never on the next form");
    assert_eq!(site.received().await, 0);
}

#[tokio::test]
async fn a_form_of_another_site_writes_nothing_and_loses_nothing() {
    let site = Site::sqlite().await;
    let say = site.path("/say");
    let csrf = site.get(&say).await.hidden("_csrf");
    for (fields, headers) in [
        (vec![("text", "灯坏了")], vec![]),
        (vec![("_csrf", "forged"), ("text", "灯坏了")], vec![]),
        (vec![("_csrf", csrf.as_str()), ("text", "灯坏了")], vec![("sec-fetch-site", "cross-site")]),
        (vec![("_csrf", csrf.as_str()), ("text", "灯坏了")], vec![("origin", "https://evil.invalid")]),
    ] {
        let answer = site.form(&say, &fields, &headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("灯坏了"), "her words are in the form");
    }
    assert_eq!(site.received().await, 0);
    // A program with a cookie, sent by another site's page.
    let cookie = site.cookie(&site.world.desk).await;
    let headers = [("cookie", cookie.as_str()), ("origin", "https://evil.invalid")];
    let answer = site
        .post(&site.api("/voices/taken"), &serde_json::json!({"text": "x", "channel": "telephone"}), &headers)
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_session_is_a_cookie_that_scripts_cannot_read() {
    let site = Site::sqlite().await;
    let member = &site.world.desk;
    let fields = [("name", member.name.as_str()), ("password", linli_testkit::PASSWORD), ("next", "/tasks")];
    let sent = site.submit("/sign-in?next=/tasks", "/sign-in", &fields, "").await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/tasks"));
    let cookie = sent.header("set-cookie");
    assert!(cookie.starts_with("linli=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    // C59: no other site as the next page.
    for next in ["//evil.invalid", "https://evil.invalid", "/\\evil.invalid"] {
        let fields = [("name", member.name.as_str()), ("password", linli_testkit::PASSWORD), ("next", next)];
        let sent = site.submit("/sign-in", "/sign-in", &fields, "").await;
        assert_eq!(sent.header("location"), "/", "{next}");
    }
    let wrong = site.submit("/sign-in", "/sign-in", &[("name", "nobody"), ("password", "wrong-wrong")], "").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text().contains("nobody") && !wrong.text().contains("wrong-wrong"), "a password never comes back");
    let https = Site::at(linli_testkit::World::new(linli_testkit::Engine::Sqlite).await, "https://linli.test").await;
    let member = &https.world.desk;
    let fields = [("name", member.name.as_str()), ("password", linli_testkit::PASSWORD)];
    let sent = https.submit("/sign-in", "/sign-in", &fields, "").await;
    let cookie = sent.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-linli=") && cookie.contains("Secure"), "{cookie}");
}

/// C25: the second clerk reads both texts on one page; when it was merged away meanwhile, her draft is still there.
#[tokio::test]
async fn a_stale_edit_shows_both_texts() {
    let site = Site::sqlite().await;
    let (_, matter) = site.world.listed("修路").await;
    let cookie = site.cookie(&site.world.desk).await;
    let page = format!("/desk/{}/matters/1", site.world.place.slug);
    let old = site.world.matter(matter).await.version.to_string();
    let listing = site.world.listing("修一组的路");
    let fields = |wording: &'static str, version: &str| -> Vec<(String, String)> {
        vec![
            ("wording".into(), wording.into()),
            ("category".into(), listing.category.clone()),
            ("group".into(), listing.group.clone()),
            ("responsible".into(), "王大姐".into()),
            ("deadline".into(), "2026-06-30".into()),
            ("version".into(), version.into()),
        ]
    };
    let send = async |wording: &'static str, version: &str| {
        let owned = fields(wording, version);
        let some: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        site.submit(&page, &format!("{page}/edit"), &some, &cookie).await
    };
    assert_eq!(send("修一组的路", &old).await.status, StatusCode::SEE_OTHER);
    let stale = send("修二组的路", &old).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("修一组的路") && stale.text().contains("修二组的路"), "both texts");
    let (_, target) = site.world.listed("修桥").await;
    assert!(target.raw() > 0);
    let current = site.world.matter(matter).await.version.to_string();
    let merged = site.submit(&page, &format!("{page}/merge"), &[("into", "2"), ("version", &current)], &cookie).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text());
    let gone = send("我写了很久的一句", &current).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    assert!(gone.text().contains("我写了很久的一句"), "the draft survives the merge");
}

/// C13: four ends, four sentences; thanks for what is done only where it is done.
#[tokio::test]
async fn four_ends_are_four_sentences() {
    let site = Site::sqlite().await;
    let world = &site.world;
    let desk = &world.desk.caller;
    let named = |matter| linli_app::matters::MatterAt { matter: linli_domain::matters::MatterRef::Id(matter) };
    let (declined, matter) = world.received("开店").await;
    let reason = linli_app::matters::decline::ReasonInput { reason: "去所里".into(), version: None };
    world.run::<linli_app::matters::decline::DeclineMatter>(desk, named(matter), reason).await.expect("declined");
    let (silent, _) = world.awaiting("垃圾").await;
    let (confirmed, _) = world.awaiting("路灯").await;
    world.answer(&confirmed, "solved").await.expect("confirmed");
    world.app.clock().advance_days(8);
    linli_app::matters::lapse::lapse_due(&world.app, &world.place).await.expect("lapsed");
    let (_, target) = world.listed("水渠").await;
    let (merged, source) = world.received("水渠淤了").await;
    let into = world.matter(target).await.number.expect("a number").to_string();
    let input = linli_app::matters::merge::MergeMatterInput { into, version: None };
    world.run::<linli_app::matters::merge::MergeMatter>(desk, named(source), input).await.expect("merged");
    let mut headlines = std::collections::BTreeSet::new();
    for (said, red) in [(declined, false), (silent, false), (confirmed, true), (merged, false)] {
        let page = site.get(&said.page).await.text();
        let headline = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default();
        assert_eq!(page.contains("已经从清单上划掉"), red, "{headline}");
        headlines.insert(headline.to_owned());
    }
    assert_eq!(headlines.len(), 4, "{headlines:?}");
}

/// Her session ended while she was typing: she is told, and what she typed stands there.
#[tokio::test]
async fn a_session_that_ended_loses_no_words() {
    let site = Site::sqlite().await;
    let (_, _) = site.world.received("开店").await;
    let csrf = site.get(&site.path("/say")).await.hidden("_csrf");
    let id = site.world.received("再来一件").await.1;
    let to = format!("/desk/{}/matters/{id}/decline", site.world.place.slug);
    let gone = site.form(&to, &[("_csrf", &csrf), ("reason", "写了很久的理由")], &[("cookie", "linli=gone")]).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    assert!(gone.text().contains("写了很久的理由") && gone.text().contains("/sign-in"));
}
