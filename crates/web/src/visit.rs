//! One visit: who comes, from where, in which language, and whether a form of theirs is this site's own.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, HOST, ORIGIN};
use axum::http::{Extensions, HeaderMap, Uri};
use linli_app::ids::hex;
use linli_app::people::session::Session;
use linli_app::sealing::Purpose;
use linli_app::{Caller, Denied, Place};
use linli_domain::places::CommunityView;
use subtle::ConstantTimeEq as _;

use crate::look::frame::Frame;
use crate::look::words::{Lang, Words};
use crate::observe::RequestId;
use crate::state::Web;

/// The cookie of a session; bound to the host where there is TLS.
pub(crate) fn session_cookie(https: bool) -> &'static str {
    if https { "__Host-linli" } else { "linli" }
}
/// The cookie that keeps the chosen language.
pub(crate) const LANG_COOKIE: &str = "lang";

/// Whoever asks.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The shared state.
    pub web: Web,
    /// The words of the reader's language.
    pub words: Words,
    /// The address of the page with its query, for the language switch.
    pub path: String,
    /// Names the request in the log and on the page of a fault.
    pub request_id: String,
    /// The session, if somebody is signed in.
    pub session: Option<Session>,
    /// Where the request came from.
    pub address: IpAddr,
    /// The community, or the instance.
    pub place: Option<Place>,
    token: Option<String>,
    bearer: bool,
    same_origin: bool,
}

impl Visit {
    /// Reads the visit; a session that cannot be read because the database is gone is a fault, not a stranger.
    pub(crate) async fn new(
        web: &Web,
        headers: &HeaderMap,
        uri: &Uri,
        extensions: &Extensions,
    ) -> Result<Self, (Box<Self>, Denied)> {
        let cookies = Cookies::of(headers);
        let bearer = bearer(headers);
        let name = session_cookie(web.settings.is_https());
        let token = bearer.or_else(|| cookies.get(name)).map(str::to_owned);
        let lang = cookies.get(LANG_COOKIE).and_then(Lang::from_code);
        let lang =
            lang.unwrap_or_else(|| Lang::from_header(text(headers, ACCEPT_LANGUAGE.as_str()).unwrap_or_default()));
        let mut visit = Self {
            web: web.clone(),
            words: Words::of(lang),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            request_id: extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
            session: None,
            address: address(headers, extensions, &web.settings.trusted_proxies),
            place: None,
            token: None,
            bearer: bearer.is_some(),
            same_origin: same_origin(headers, &web.settings.public_url),
        };
        if let Some(token) = token {
            match web.app.session(&token).await {
                Ok(session) => visit.session = session,
                Err(denied) => return Err((Box::new(visit), denied)),
            }
            if visit.session.is_some() {
                visit.token = Some(token);
            }
        }
        Ok(visit)
    }

    /// Whoever calls a use case.
    pub(crate) fn caller(&self) -> Caller {
        match &self.session {
            Some(session) => Caller { actor: session.actor.clone(), token: self.token.clone() },
            None => Caller::resident(),
        }
    }
    /// The token that a form of this visitor carries: bound to the session, or to nobody's.
    pub(crate) fn csrf(&self) -> String {
        let token = self.token.as_deref().unwrap_or("nobody");
        let mac = self.web.app.keys().mac(Purpose::Form, &[token.as_bytes()]);
        hex(&mac[..16])
    }
    /// A fresh idempotency key for a form.
    pub(crate) fn fresh_key(&self) -> String {
        let mut bytes = [0_u8; 16];
        self.web.app.random().fill(&mut bytes);
        hex(&bytes)
    }
    /// Whether a form came from this site's own page.
    pub(crate) fn owns_form(&self, csrf: &str) -> bool {
        self.same_origin && bool::from(self.csrf().as_bytes().ct_eq(csrf.as_bytes()))
    }
    /// Whether a program's request may write: a token in its header cannot be sent by another site's page, a cookie can.
    pub(crate) fn owns_call(&self) -> bool {
        self.bearer || self.same_origin
    }
    /// Whether somebody is signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.session.is_some()
    }
    /// The community of this visit.
    pub(crate) fn community(&self) -> Option<&CommunityView> {
        self.place.as_deref().filter(|place| !place.slug.is_empty())
    }
    /// The frame of a page.
    pub(crate) fn frame(&self) -> Frame<'_> {
        let mut frame = Frame::new(self.words, self.path.clone(), self.csrf());
        frame.public_url.clone_from(&self.web.settings.public_url);
        frame = frame.on(self.web.app.clock().now().day()).allowed(self.caller().actor.may(&self.here()));
        if let Some(community) = self.community() {
            frame = frame.within(community);
        }
        if let Some(session) = &self.session {
            frame = frame.signed_in(&session.view);
        }
        frame
    }
    /// The community of this visit, or the instance.
    pub(crate) fn here(&self) -> Place {
        self.place.clone().unwrap_or_else(linli_app::App::instance)
    }
}

/// The cookies of a request.
struct Cookies<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Cookies<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        Self(pairs.collect())
    }
    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(of, _)| *of == name).map(|(_, value)| *value)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    text(headers, AUTHORIZATION.as_str())?.strip_prefix("Bearer ").map(str::trim)
}

/// The peer's address; what a trusted proxy says about it is believed, what anybody else says is not.
fn address(headers: &HeaderMap, extensions: &Extensions, trusted: &[IpAddr]) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if !trusted.contains(&peer) {
        return peer;
    }
    let told = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let told: Vec<IpAddr> = told.flat_map(|line| line.split(',')).filter_map(|ip| ip.trim().parse().ok()).collect();
    told.into_iter().rev().map(|ip| ip.to_canonical()).find(|ip| !trusted.contains(ip)).unwrap_or(peer)
}

/// Whether a browser says that the request comes from another site's page. A program says nothing of the kind.
fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text(headers, ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            // The browser wrote both headers: a page of another site cannot make them agree.
            let host = text(headers, HOST.as_str()).unwrap_or_default();
            let named = origin.split_once("://").map_or("", |(_, host)| host);
            origin == public_url || (!host.is_empty() && named == host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("header"));
        }
        headers
    }

    #[test]
    fn another_sites_form_is_known() {
        let ours = "https://linli.example.org";
        for (pairs, own) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", ours)], true),
            (vec![("origin", "https://evil.invalid")], false),
            (vec![("origin", "null")], false),
            (vec![("origin", "http://localhost:8080"), ("host", "localhost:8080")], true),
        ] {
            assert_eq!(same_origin(&headers(&pairs), ours), own, "{pairs:?}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().expect("ip");
        let mut extensions = Extensions::new();
        let peer = |extensions: &mut Extensions, ip: &str| {
            let at: SocketAddr = format!("{ip}:9").parse().expect("address");
            extensions.insert(ConnectInfo(at));
        };
        let forged = headers(&[("x-forwarded-for", "1.2.3.4, 5.6.7.8")]);
        peer(&mut extensions, "9.9.9.9");
        assert_eq!(address(&forged, &extensions, &[proxy]).to_string(), "9.9.9.9");
        peer(&mut extensions, "10.0.0.1");
        assert_eq!(address(&forged, &extensions, &[proxy]).to_string(), "5.6.7.8");
        assert_eq!(address(&forged, &extensions, &[]).to_string(), "10.0.0.1");
    }
}
