//! What all web rooms share: who calls, how errors look, limits, headers, the server itself.
//!
//! Nothing here knows what is being asked; nothing here writes a resident's data into a log, a metric or a URL.

pub mod auth;
pub mod blocking;
pub mod body;
pub mod members;
pub mod observe;
pub mod pace;
pub mod part_stream;
pub mod peer;
pub mod problem;
pub mod sent;
pub mod server;
pub mod staff;
pub mod table;
pub mod throttle;
pub mod upload;
pub mod visitor;

pub use auth::Authenticated;
pub use members::Members;
pub use problem::{Problem, ProblemKind};
pub use sent::Sent;
pub use staff::{Authorized, Reader};
pub use table::Table;
pub use visitor::Visitor;

use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;

use crate::app::App;
use crate::config::Settings;

/// What every handler can reach.
#[non_exhaustive]
pub struct Site {
    /// The operations.
    pub app: Arc<App>,
    /// Limits and addresses.
    pub settings: Settings,
    /// Slows down guessing wherever credentials are taken.
    pub throttle: throttle::Throttle,
    /// Slows down a client that asks more than its share.
    pub pace: throttle::Pace,
    /// Renders the metrics.
    pub metrics: PrometheusHandle,
    /// Begins the ids of requests that bring none: different for every start.
    pub request_prefix: String,
}

impl Site {
    /// What the handlers of this program reach.
    #[must_use]
    pub fn new(app: Arc<App>, settings: Settings, metrics: PrometheusHandle) -> Self {
        let throttle = throttle::Throttle::new(settings.oauth.attempts_per_minute);
        let pace = throttle::Pace::new(settings.limits.decisions_per_client_s, settings.limits.batch);
        let request_prefix = format!("{:x}", app.now().timestamp_micros());
        Self { app, settings, throttle, pace, metrics, request_prefix }
    }
}
