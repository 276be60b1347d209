//! The one place that calls other machines.
//!
//! What comes back is bounded in size and in time, no redirection is followed, no proxy is taken from the environment, and
//! nothing of the answer is believed here.

use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body, Error};

/// Longest answer in bytes.
pub const LONGEST_ANSWER: u64 = 64 * 1024;

/// Longest head of an answer in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// Calls others, each call by itself.
pub struct Outbound {
    agent: Agent,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status, of redirections, too.
    pub status: u16,
    /// The type of the body without its parameters; empty for none.
    pub content_type: String,
    /// The body.
    pub body: String,
}

/// Why nothing usable came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// It took too long, from the name's look-up to the end of the answer.
    #[error("no answer in time")]
    TimedOut,
    /// There is no connection to be had.
    #[error("it cannot be reached")]
    Unreachable,
    /// The other side does not show a certificate that this machine trusts.
    #[error("no trustworthy TLS connection")]
    Untrusted,
    /// More than anybody needs to say.
    #[error("the answer is too long")]
    TooLong,
    /// No HTTP, or no text.
    #[error("the answer cannot be read")]
    Garbled,
}

impl Outbound {
    /// Calls that are given up after so long.
    #[must_use]
    pub fn new(timeout: Duration) -> Self {
        let tls = TlsConfig::builder().provider(TlsProvider::NativeTls).root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(LONGEST_HEAD)
            .max_idle_connections(0)
            .proxy(None)
            .user_agent("zaguan")
            .tls_config(tls);
        Self { agent: config.build().into() }
    }

    /// Posts a text. Blocks until the answer is whole, or until it has taken too long.
    ///
    /// # Errors
    /// When nothing usable came back. An unwelcome status is an answer.
    pub fn post(&self, url: &str, text: &str) -> Result<Reply, OutboundError> {
        let sent = self.agent.post(url).content_type("text/plain; charset=utf-8").send(text);
        let mut response = sent.map_err(|error| fault_of(&error))?;
        let content_type = response.body().mime_type().unwrap_or_default().to_owned();
        let body = read(response.body_mut())?;
        Ok(Reply { status: response.status().as_u16(), content_type, body })
    }
}

fn read(body: &mut Body) -> Result<String, OutboundError> {
    let bytes = body.with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(|error| fault_of(&error))?;
    String::from_utf8(bytes).map_err(|_| OutboundError::Garbled)
}

fn fault_of(error: &Error) -> OutboundError {
    match error {
        Error::Timeout(_) => OutboundError::TimedOut,
        Error::BodyExceedsLimit(_) | Error::LargeResponseHeader(..) => OutboundError::TooLong,
        Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => OutboundError::TimedOut,
        Error::Io(_) | Error::HostNotFound | Error::ConnectionFailed => OutboundError::Unreachable,
        Error::Tls(_) | Error::NativeTls(_) => OutboundError::Untrusted,
        _ => OutboundError::Garbled,
    }
}
