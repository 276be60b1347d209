//! What the service says when it is ready.

use std::net::SocketAddr;

/// In the line that says it.
pub const READY: &str = "\"message\":\"ready\"";

/// The address in the line of the log that says "ready".
pub fn address_in(line: &str) -> Option<SocketAddr> {
    line.contains(READY).then(|| line.split('"').find_map(|word| word.parse().ok()))?
}
