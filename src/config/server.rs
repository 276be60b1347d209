//! `[server]`: where the program listens and how long it waits. Never opens a socket.

use std::net::SocketAddr;
use std::time::Duration;

use super::error::ConfigError;
use super::reader::Reader;

const LARGEST_BODY_BYTES: usize = 256 * 1024 * 1024;

/// How the program is reached.
#[derive(Debug, Clone)]
pub struct Server {
    /// The address to listen on; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Web threads; 0 means one per core.
    pub workers: usize,
    /// How the outside names this server, without a trailing slash.
    pub public_url: String,
    /// The largest request body.
    pub body_limit_bytes: usize,
    /// The largest body of a batch of decisions; never below `body_limit_bytes`.
    pub batch_body_limit_bytes: usize,
    /// How long a client may take to send its request's head.
    pub client_timeout: Duration,
    /// How long a body may take to come, beside what its size allows.
    pub body_timeout: Duration,
    /// How long an idle connection is kept; zero closes it at once.
    pub keep_alive: Duration,
    /// How long requests under way may still take when the program stops.
    pub shutdown_timeout: Duration,
    /// Whether a proxy's `Forwarded` and `X-Forwarded-For` are believed.
    pub trust_forwarded: bool,
}

impl Server {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("server");
        let listen = "an address and a port such as `127.0.0.1:8080`";
        let public_url = "`http://` or `https://`, a host and perhaps a port, and nothing behind them";
        Ok(Self {
            listen: section.text("listen", "127.0.0.1:8080", listen, |text| text.parse().ok())?,
            workers: section.number("workers", 0, 0..=512)?,
            public_url: section.text("public_url", "http://127.0.0.1:8080", public_url, parse_public_url)?,
            body_limit_bytes: section.number("body_limit_bytes", 1024 * 1024, 1024..=LARGEST_BODY_BYTES)?,
            batch_body_limit_bytes: section.number(
                "batch_body_limit_bytes",
                8 * 1024 * 1024,
                1024..=LARGEST_BODY_BYTES,
            )?,
            client_timeout: Duration::from_secs(section.number("client_timeout_s", 10, 1..=300)?),
            body_timeout: Duration::from_secs(section.number("body_timeout_s", 30, 1..=600)?),
            keep_alive: Duration::from_secs(section.number("keep_alive_s", 75, 0..=3600)?),
            shutdown_timeout: Duration::from_secs(section.number("shutdown_timeout_s", 30, 0..=600)?),
            trust_forwarded: section.flag("trust_forwarded", false)?,
        })
    }
}

/// Scheme and authority only: the routes begin at the root, and a name with a password in it would end up in pages.
fn parse_public_url(text: &str) -> Option<String> {
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let begins_well = authority.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    (begins_well && authority.bytes().all(is_host)).then(|| text.to_owned())
}
