//! Logs and metrics: how they are set up. What goes into them is decided where it happens, and is never about a resident.

mod outlet;

use std::io::IsTerminal as _;
use std::sync::OnceLock;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use outlet::Outlet;

use crate::config::{Log, LogFormat};

/// The log's way out, once there is one.
static LOG: OnceLock<Outlet> = OnceLock::new();

/// Sends the program's log to standard error, in the format of the settings. Who logs never waits for who reads it: see
/// [`flush_log`].
///
/// Only this program's own lines are kept below `warn`: libraries may repeat what they were given.
///
/// # Errors
/// When there is no thread to write it on.
pub fn init_log(log: &Log) -> std::io::Result<()> {
    let filter = EnvFilter::new(format!("warn,zaguan={}", log.level.as_str()));
    let outlet = Outlet::open(std::io::stderr())?;
    let outlet = LOG.get_or_init(|| outlet);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| outlet.clone());
    // A log that nobody reads any more (a closed pipe) must not take the gate down with it.
    let builder = builder.log_internal_errors(false).with_ansi(std::io::stderr().is_terminal());
    // A second call, as in tests, leaves the first in force.
    let _ = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.try_init(),
    };
    std::panic::set_hook(Box::new(note_panic));
    Ok(())
}

/// Notes where, and not what was said: that may be about a resident. The usual hook writes to standard error itself, and would
/// hold up whoever panics, the ledger's writer too, for as long as nobody reads.
fn note_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let thread = std::thread::current();
    tracing::error!(place, thread = thread.name(), "a panic, which is a defect of this program");
    if thread.name() == Some("main") {
        flush_log();
    }
}

/// Waits until what was logged is written, for a second at the most. A program that ends calls it last.
pub fn flush_log() {
    if let Some(outlet) = LOG.get() {
        outlet.flush();
    }
}

/// Collects metrics and returns what renders them.
///
/// # Errors
/// When the buckets are refused, or metrics are already collected elsewhere.
pub fn init_metrics() -> Result<PrometheusHandle, BuildError> {
    metrics_builder()?.install_recorder()
}

fn metrics_builder() -> Result<PrometheusBuilder, BuildError> {
    let seconds = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
    let jobs = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)?
        .set_buckets_for_metric(Matcher::Suffix("_jobs".to_owned()), &jobs)
}
