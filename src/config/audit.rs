//! `[audit]`: the log's name and its rhythm. None of these can make an answer leave before its entry is durable.

use std::time::Duration;

use super::error::ConfigError;
use super::reader::Reader;
use super::witnesses::{self, Witness};

const LONGEST_ORIGIN: usize = 200;

/// How the audit log is kept and published.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The log's name for ever: the first line of every checkpoint and the name of its key.
    pub origin: String,
    /// The shortest time between two published checkpoints; more often would tell outsiders when somebody asked.
    pub publish_interval: Duration,
    /// The shortest time between two writes of the anchor file.
    pub anchor_interval: Duration,
    /// Whether to refuse to serve when the database role could alter the log.
    pub strict: bool,
    /// Jobs that may wait for the writer; beyond it callers are turned away.
    pub queue_capacity: usize,
    /// Jobs that one commit may hold.
    pub max_batch: usize,
    /// Who is asked to cosign what is published, and whose cosignatures are verified.
    pub witnesses: Vec<Witness>,
    /// How long a witness may take for an answer.
    pub witness_timeout: Duration,
}

impl Audit {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("audit");
        let origin = "a host and a path such as `records.example.org/zaguan`, without `https://`";
        Ok(Self {
            origin: section.text("origin", "records.las-cruces.example/zaguan", origin, parse_origin)?,
            publish_interval: Duration::from_secs(section.number("publish_interval_s", 60, 1..=86_400)?),
            anchor_interval: Duration::from_millis(section.number("anchor_interval_ms", 1000, 100..=60_000)?),
            strict: section.flag("strict", false)?,
            queue_capacity: section.number("queue_capacity", 8192, 1..=1_000_000)?,
            max_batch: section.number("max_batch", 1024, 1..=65_536)?,
            witnesses: witnesses::read(&mut section)?,
            witness_timeout: Duration::from_secs(section.number("witness_timeout_s", 10, 1..=120)?),
        })
    }
}

/// A scheme-less URL (C2SP tlog-checkpoint) that is also a key name (C2SP signed-note: no space, no plus).
fn parse_origin(text: &str) -> Option<String> {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_~:".contains(&b));
    let has_scheme = text.starts_with("http:") || text.starts_with("https:");
    (text.len() <= LONGEST_ORIGIN && !has_scheme && text.split('/').all(is_part)).then(|| text.to_owned())
}
