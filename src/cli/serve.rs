//! `zaguan serve`: from the settings to a server, and from a signal to a quiet end.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};

use super::{Common, environment, open_with};
use crate::app::App;
use crate::app::find::SegmentKeeper;
use crate::app::witnesses::WitnessKeeper;
use crate::config::Settings;
use crate::domain::record::instant_text;
use crate::http::{Site, server};
use crate::{api, console, telemetry};

pub(super) fn run(common: &Common) -> anyhow::Result<()> {
    let settings = environment::load(common)?;
    let app = open_with(&settings)?;
    if let Some(link) = app.issue_first_admin_link().context("the first admin's link cannot be recorded")? {
        let until = instant_text(link.expires_at);
        eprintln!(
            "there is no active admin; the first one enrols at (good once, until {until}):\n{}",
            link.url.as_str()
        );
    }
    let public_url = settings.server.public_url.clone();
    serve(settings, app, |address| tracing::info!(%address, public_url, "ready"))
}

/// Serves until the process is told to stop.
pub(super) fn serve(settings: Settings, app: App, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let metrics = telemetry::init_metrics().context("metrics cannot be collected")?;
    app.record_start().context("the start cannot be recorded, so nothing is served")?;
    let listen = settings.server.listen;
    let app = Arc::new(app);
    let keeper = SegmentKeeper::start(Arc::clone(&app)).context("there is no thread to keep the segments on")?;
    let witnesses = WitnessKeeper::start(&app).context("there is no thread to ask the witnesses on")?;
    let site = Site::new(app, settings, metrics);
    let served = server::run(site, &[api::routes, console::routes], ready, told_to_stop);
    drop((keeper, witnesses));
    served.with_context(|| format!("cannot listen on {listen}"))
}

/// SIGTERM, as service managers send it, or SIGINT, as Ctrl-C does; received from this call on.
fn told_to_stop() -> impl Future<Output = ()> {
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async {
        let (Ok(mut terminate), Ok(mut interrupt)) = signals else {
            tracing::error!("signals cannot be received: stop this process with SIGKILL");
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
