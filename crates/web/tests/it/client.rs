//! A browser and a program, in process.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use linli_app::people::second;
use linli_testkit::{Engine, Member, PASSWORD, World};
use linli_web::{Web, WebSettings, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    /// A hidden field of a form on the page.
    pub fn hidden(&self, name: &str) -> String {
        let page = self.text();
        let mark = format!("name=\"{name}\" value=\"");
        let rest = page.split(&mark).nth(1).unwrap_or_else(|| panic!("no {name} on {page}"));
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// The web side of a world.
pub struct Site {
    pub world: World,
    router: Router,
}

impl Site {
    pub async fn on(world: World) -> Self {
        Self::at(world, "http://linli.test").await
    }
    pub async fn sqlite() -> Self {
        Self::on(World::new(Engine::Sqlite).await).await
    }
    #[expect(clippy::unused_async, reason = "spelt like its neighbours")]
    pub async fn at(world: World, public_url: &str) -> Self {
        let settings = WebSettings { public_url: public_url.into(), trusted_proxies: Vec::new() };
        let web = Web::new(world.app.clone(), settings, Arc::new(|| "figures\n".into()));
        Self { router: router(web), world }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.world.place.slug)
    }
    pub fn api(&self, rest: &str) -> String {
        format!("/api/v1/{}{rest}", self.world.place.slug)
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let from: SocketAddr = "192.0.2.7:4000".parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(from));
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, path, headers, Body::empty())).await
    }
    /// A program's `POST`.
    pub async fn post(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.send(request(Method::POST, path, &all, Body::from(body.to_string()))).await
    }
    /// A person's form, as the page at `from` draws it.
    pub async fn submit(&self, from: &str, to: &str, fields: &[(&str, &str)], cookie: &str) -> Answer {
        let page = self.get_with(from, &[("cookie", cookie)]).await;
        // A page that offers no form any more is still somebody's open window.
        let key = if page.text().contains("name=\"_key\"") { page.hidden("_key") } else { "open-window".into() };
        let csrf = page.hidden("_csrf");
        let mut all = vec![("_csrf", csrf.as_str()), ("_key", key.as_str())];
        all.extend_from_slice(fields);
        self.form(to, &all, &[("cookie", cookie)]).await
    }
    /// Any form at all.
    pub async fn form(&self, to: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend_from_slice(headers);
        let body = serde_urlencoded::to_string(fields).expect("a form");
        self.send(request(Method::POST, to, &all, Body::from(body))).await
    }
    /// A form with files: name, file name, type, bytes.
    pub async fn multipart(
        &self,
        to: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
        cut: Option<usize>,
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (file, kind, bytes) in files {
            let head = format!(
                "--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"{file}\"\r\ncontent-type: {kind}\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        body.truncate(cut.unwrap_or(body.len()));
        let headers = [("content-type", "multipart/form-data; boundary=x")];
        self.send(request(Method::POST, to, &headers, Body::from(body))).await
    }

    /// The token of somebody's session.
    pub async fn token(&self, member: &Member) -> String {
        let body = json!({"name": member.name, "password": PASSWORD});
        let answer = self.post("/api/v1/sessions", &body, &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let token = answer.json()["token"].as_str().expect("a token").to_owned();
        match answer.json()["missing"].as_str() {
            Some("second_factor") => self.with_second_factor(&token).await,
            _ => token,
        }
    }
    /// Sets a second factor up for whoever may do nothing without one; answers the token that goes on.
    async fn with_second_factor(&self, token: &str) -> String {
        let secret = second::fresh_secret(&self.world.app);
        let seconds = u64::try_from(self.world.app.clock().now().us() / 1_000_000).expect("after 1970");
        let code = second::code_at(&secret, seconds).expect("a code");
        let body = json!({"secret": secret, "code": code, "password": PASSWORD});
        let bearer = format!("Bearer {token}");
        let answer = self.post("/api/v1/account/second", &body, &[("authorization", &bearer)]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()["token"].as_str().expect("a token").to_owned()
    }
    pub async fn cookie(&self, member: &Member) -> String {
        format!("linli={}", self.token(member).await)
    }
    pub async fn received(&self) -> i64 {
        let bearer = format!("Bearer {}", self.token(&self.world.desk).await);
        let desk = self.get_with(&self.api("/desk"), &[("authorization", &bearer)]).await;
        desk.json()["counts"]["received"].as_i64().expect("a count")
    }
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).expect("a request")
}
