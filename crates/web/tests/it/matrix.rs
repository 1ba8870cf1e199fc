//! Role × route × community, from the one table of routes; a route that the matrix does not know fails it.

use axum::http::{Method, StatusCode};
use linli_domain::people::{Permission, Role};
use linli_web::{Row, Side, rows};

use crate::client::{Site, request};

/// The address of a row, with names that exist where they can.
fn address(row: &Row, slug: &str, code: &str) -> String {
    row.path
        .replace("{community}", slug)
        .replace("{code}", code)
        .replace("{matter}", "1")
        .replace("{task}", "3765654945651927040")
        .replace("{voice}", "3765654945651927040")
        .replace("{person}", "3765654945651927040")
        .replace("{session}", "3765654945651927040")
        .replace("{token}", "0123456789abcdef0123456789abcdef")
        .replace("{photo}", "3765654945651927040")
}

/// What somebody without the permission gets.
fn refused(row: &Row, signed_in: bool, works_here: bool) -> Vec<StatusCode> {
    match (signed_in, works_here) {
        // A page leads to the sign-in page, a form and a program are told.
        (false, _) if row.side == Side::Page && row.method == "GET" => vec![StatusCode::SEE_OTHER],
        (false, _) => vec![StatusCode::UNAUTHORIZED],
        (true, false) => vec![StatusCode::NOT_FOUND],
        (true, true) => vec![StatusCode::FORBIDDEN, StatusCode::NOT_FOUND],
    }
}

#[tokio::test]
async fn every_route_for_every_role() {
    let site = Site::sqlite().await;
    let (said, _) = site.world.listed("修路").await;
    let slug = site.world.place.slug.clone();
    let neighbour = site.world.neighbour().await;
    let stranger = site.world.member(&neighbour, Role::Dispatcher).await;
    let mut people = vec![("nobody".to_owned(), String::new(), None)];
    for role in Role::ALL {
        let member = site.world.member(&site.world.place, role).await;
        people.push((role.code().to_owned(), site.cookie(&member).await, Some(role)));
    }
    people.push(("stranger".to_owned(), site.cookie(&stranger).await, None));
    let open = Permission::EVERYBODY | Permission::HOLD_RECEIPT;
    for row in rows() {
        for (who, cookie, role) in &people {
            // These end the sessions that the next rows need.
            if matches!(row.name, "sign-out" | "end-other-sessions") {
                continue;
            }
            let path = address(&row, &slug, &said.receipt);
            let csrf = site.get_with(&site.path("/say"), &[("cookie", cookie)]).await.hidden("_csrf");
            let answer = if row.method == "GET" {
                site.get_with(&path, &[("cookie", cookie)]).await
            } else if row.side == Side::Api {
                let headers = [("cookie", cookie.as_str()), ("content-type", "application/json")];
                site.send(request(Method::POST, &path, &headers, "{}".into())).await
            } else {
                site.form(&path, &[("_csrf", &csrf)], &[("cookie", cookie)]).await
            };
            let told = format!("{who}: {} {path} → {}", row.method, answer.status);
            assert!(!answer.status.is_server_error(), "{told}: {}", answer.text());
            let mut may = role.map_or(open, |role| open | role.may());
            if !cookie.is_empty() {
                may |= Permission::SIGNED_IN;
            }
            if may.contains(row.may) {
                assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{told}");
                let own_no = answer.status == StatusCode::FORBIDDEN && row.path.contains("{task}");
                assert!(answer.status != StatusCode::FORBIDDEN || own_no, "{told}");
            } else {
                assert!(refused(&row, !cookie.is_empty(), role.is_some()).contains(&answer.status), "{told}");
            }
        }
    }
}

/// GET never writes: every page and every query, then the same rows in every table.
#[tokio::test]
async fn reading_changes_no_row() {
    let site = Site::sqlite().await;
    let (said, _) = site.world.listed("修路").await;
    let cookie = site.cookie(&site.world.desk).await;
    let linli_store::Location::Sqlite(path) = &site.world.location else { panic!("a file") };
    let rows_of = || -> Vec<(String, i64)> {
        let connection = rusqlite::Connection::open(path).expect("opens");
        let mut statement =
            connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("prepares");
        let names: Vec<String> =
            statement.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("names");
        let count = |name: &String| {
            connection
                .query_row(&format!("SELECT COUNT(*) FROM {name}"), [], |row| row.get::<_, i64>(0))
                .expect("counts")
        };
        names.iter().map(|name| (name.clone(), count(name))).collect()
    };
    let before = rows_of();
    for row in rows().iter().filter(|row| row.method == "GET") {
        site.get_with(&address(row, &site.world.place.slug, &said.receipt), &[("cookie", &cookie)]).await;
    }
    assert_eq!(before, rows_of());
}
