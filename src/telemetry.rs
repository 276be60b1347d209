//! Logs and metrics: how they are set up. What goes into them is decided where it happens, and is never about a resident.

use std::io::IsTerminal as _;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Sends the program's log to standard error, in the format of the settings.
///
/// Only this program's own lines are kept below `warn`: libraries may repeat what they were given.
pub fn init_log(log: &Log) {
    let filter = EnvFilter::new(format!("warn,zaguan={}", log.level.as_str()));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that nobody reads any more (a closed pipe) must not take the gate down with it.
    let builder = builder.log_internal_errors(false).with_ansi(std::io::stderr().is_terminal());
    // A second call, as in tests, leaves the first in force.
    let _ = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.try_init(),
    };
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
