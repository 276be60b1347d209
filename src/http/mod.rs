//! What all web rooms share: who calls, how errors look, limits, headers, the server itself.
//!
//! Nothing here knows what is being asked; nothing here writes a resident's data into a log, a metric or a URL.

pub mod auth;
pub mod body;
pub mod observe;
pub mod problem;
pub mod server;
pub mod throttle;

pub use auth::Authenticated;
pub use problem::{Problem, ProblemKind};

use std::sync::Arc;

use crate::app::App;
use crate::config::Settings;

/// What every handler can reach.
pub struct Site {
    /// The operations.
    pub app: Arc<App>,
    /// Limits and addresses.
    pub settings: Settings,
    /// Slows down guessing at the token endpoint.
    pub throttle: throttle::Throttle,
    /// Renders the metrics.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}
