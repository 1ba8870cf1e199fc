//! What every handler shares.

use std::net::IpAddr;
use std::sync::Arc;

use linli_app::App;
use tokio::sync::Semaphore;

use crate::brake::Brakes;

/// Settings of the web side; none of them is ever taken from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebSettings {
    /// The public address, such as `https://linli.example.org`, without a slash at its end.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl WebSettings {
    /// Cookies are bound to the host and sent over TLS only, where there is TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Renders the metrics that were gathered.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;

/// The shared state. Cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<Shared>);

/// What is behind [`Web`].
pub struct Shared {
    /// The use cases.
    pub app: App,
    /// The settings.
    pub settings: WebSettings,
    pub(crate) brakes: Brakes,
    pub(crate) metrics: RenderMetrics,
    /// Uploads that are read at the same time: each may hold some tens of megabytes.
    pub(crate) uploads: Arc<Semaphore>,
}

/// Uploads at the same time.
const UPLOADS: usize = 4;

impl Web {
    /// Puts it together.
    pub fn new(app: App, settings: WebSettings, metrics: RenderMetrics) -> Self {
        let uploads = Arc::new(Semaphore::new(UPLOADS));
        Self(Arc::new(Shared { app, settings, brakes: Brakes::default(), metrics, uploads }))
    }
}

impl std::ops::Deref for Web {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").field("settings", &self.settings).finish_non_exhaustive()
    }
}
