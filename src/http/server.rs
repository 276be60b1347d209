//! The web server as a value: bound first, then run, then stopped in good order.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App as WebApp, HttpResponse, HttpServer, web};

use super::{Problem, ProblemKind, Site, observe, pace};

/// How often the metrics' buffers are emptied.
const UPKEEP: Duration = Duration::from_secs(5);

/// A server that is bound and ready to run.
pub struct Bound {
    /// Where it listens: the port is real even if 0 was asked for.
    pub address: SocketAddr,
    /// Runs until it is stopped.
    pub server: Server,
}

/// What a web room adds to the server.
pub type Routes = fn(&mut web::ServiceConfig);

/// Binds the address of the settings and serves what `routes` add.
///
/// # Errors
/// When the address cannot be bound.
pub fn bind(site: web::Data<Site>, routes: &'static [Routes]) -> io::Result<Bound> {
    let settings = site.settings.server.clone();
    let listener = TcpListener::bind(settings.listen)?;
    let address = listener.local_addr()?;
    let payload_limit = settings.batch_body_limit_bytes.max(settings.body_limit_bytes);
    let mut server = HttpServer::new(move || {
        WebApp::new()
            .app_data(site.clone())
            .app_data(web::PayloadConfig::new(payload_limit))
            .wrap(from_fn(pace::pace))
            .wrap(from_fn(observe::observe))
            .configure(|config| routes.iter().for_each(|add| add(config)))
            .default_service(web::to(nothing_here))
    })
    .keep_alive(settings.keep_alive)
    .client_request_timeout(settings.client_timeout)
    .client_disconnect_timeout(Duration::from_secs(5))
    .shutdown_timeout(settings.shutdown_timeout.as_secs())
    // The program listens for signals itself: the ledger is closed after the server.
    .disable_signals();
    if settings.workers > 0 {
        server = server.workers(settings.workers);
    }
    Ok(Bound { address, server: server.listen(listener)?.run() })
}

/// Serves until `stop` is done, then lets running requests finish, records the end and closes the ledger. Blocks.
///
/// # Errors
/// When the address cannot be bound.
pub fn run<S: Future<Output = ()>>(
    site: Site,
    routes: &'static [Routes],
    ready: impl FnOnce(SocketAddr),
    stop: impl FnOnce() -> S,
) -> io::Result<()> {
    let app = Arc::clone(&site.app);
    let metrics = site.metrics.clone();
    actix_web::rt::System::new().block_on(async move {
        let Bound { address, server } = bind(web::Data::new(site), routes)?;
        let handle = server.handle();
        let serving = actix_web::rt::spawn(server);
        let upkeep = actix_web::rt::spawn(async move {
            loop {
                actix_web::rt::time::sleep(UPKEEP).await;
                metrics.run_upkeep();
            }
        });
        // Listened for before anybody is told that the service is ready, and could tell it to stop.
        let stop = stop();
        ready(address);
        stop.await;
        tracing::info!("stopping: no new connections, running requests are finished");
        handle.stop(true).await;
        let _ = serving.await;
        upkeep.abort();
        Ok::<(), io::Error>(())
    })?;
    // After the last request: the end is the log's last entry of this process.
    if let Err(error) = app.record_stop() {
        tracing::error!(%error, "the end of this process could not be recorded");
    }
    app.ledger().close();
    Ok(())
}

async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Problem::new(ProblemKind::NotFound, "there is no such path"))
}
