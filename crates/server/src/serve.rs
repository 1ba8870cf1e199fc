//! `linli serve`: the web side, the jobs, and an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use linli_app::audit::number::contradicted;
use linli_app::ids::Randomness;
use linli_app::voices::erased::erase_again;
use linli_store::Settings;
use linli_web::{Web, WebSettings};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::data_dir::DataDir;
use crate::settings::ServeSettings;
use crate::{jobs, sign_ins};

/// How long an open request may take once the end was asked for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves until `SIGTERM` or Ctrl-C.
pub async fn serve(settings: ServeSettings) -> Result<(), String> {
    let told = |fault: linli_app::Fault| fault.to_string();
    let data = settings.data;
    let data = DataDir::new(&data.data, data.key_file, data.database.as_deref()).map_err(told)?;
    let _lock = data.lock().map_err(told)?;
    let metrics = PrometheusBuilder::new().install_recorder().map_err(|e| e.to_string())?;
    let clock = jobs::clock(settings.clock_file.as_ref());
    let store = Settings { connections: settings.connections, ..Settings::default() };
    let app = data.open(store, clock, Randomness::System).await.map_err(told)?;
    if let Some((_, fault)) = contradicted(&app).await.map_err(|e| e.to_string())?.into_iter().next() {
        return Err(told(fault));
    }
    // An older copy that was put back knows nothing of what was erased since; the journal beside the key does.
    let erased = erase_again(&app).await.map_err(|e| e.to_string())?;
    if erased > 0 {
        tracing::warn!(erased, "an older database was found: what had been erased since is erased again");
    }
    let listener = TcpListener::bind(settings.listen).await.map_err(|e| format!("{}: {e}", settings.listen))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let public_url = settings.public_url.unwrap_or_else(|| format!("http://{address}"));
    let web_settings = WebSettings { public_url: public_url.clone(), trusted_proxies: settings.trusted_proxies };
    let web = Web::new(app.clone(), web_settings, Arc::new(move || metrics.render()));
    let service = linli_web::router(web).into_make_service_with_connect_info::<SocketAddr>();

    announce(&app, &data, &public_url).await;
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(jobs::run(app.clone(), settings.clock_file, stopped.clone()));
    let mut asked = stopped;
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = asked.changed().await;
    });
    let server = tokio::spawn(async move { server.await });
    asked_to_stop().await?;
    tracing::info!("ending: what was begun is finished");
    let _ = stop.send(true);
    let ended = tokio::time::timeout(PATIENCE, async { (server.await, jobs.await) }).await;
    if ended.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    jobs::last_round(&app).await;
    Ok(())
}

async fn asked_to_stop() -> Result<(), String> {
    let mut term = signal(SignalKind::terminate()).map_err(|e| e.to_string())?;
    tokio::select! {
        _ = term.recv() => Ok(()),
        done = tokio::signal::ctrl_c() => done.map_err(|e| e.to_string()),
    }
}

/// Prints what to open; on a demo, also whom to sign in as.
async fn announce(app: &linli_app::App, data: &DataDir, public_url: &str) {
    println!("Linli is open at {public_url}");
    match app.communities().await {
        Ok(places) => {
            for place in places {
                println!("  {public_url}/{}  {}", place.slug, place.name);
            }
        }
        Err(denied) => tracing::warn!(%denied, "the communities were not read"),
    }
    println!("  {public_url}/desk  the desk · {public_url}/tasks  the volunteers");
    sign_ins::print(data.path());
}
