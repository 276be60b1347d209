//! `[oauth]` and `[limits]`: how much one caller may ask for, and what guessing a secret must cost.

use std::time::Duration;

use super::error::ConfigError;
use super::reader::Reader;

/// Tokens and the price of a guess.
#[derive(Debug, Clone)]
pub struct OAuth {
    /// How long an access token is good.
    pub token_lifetime: Duration,
    /// Memory of one argon2id hash. The least is the smallest that OWASP's password storage advice names.
    pub argon2_memory_kib: u32,
    /// Passes of one argon2id hash.
    pub argon2_iterations: u32,
    /// Lanes of one argon2id hash.
    pub argon2_parallelism: u32,
    /// Attempts to sign in that one caller has each minute.
    pub attempts_per_minute: u32,
}

/// The largest requests.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Fields in one request.
    pub fields: usize,
    /// Legal bases cited in one request.
    pub legal_bases: usize,
    /// Requests in one batch.
    pub batch: usize,
    /// Decisions that one client may ask each second; 0 for any number.
    pub decisions_per_client_s: u32,
    /// Characters in one free text.
    pub text_chars: usize,
    /// Entries of the log that one call of a search looks at.
    pub searched_entries: u32,
}

impl OAuth {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("oauth");
        Ok(Self {
            token_lifetime: Duration::from_secs(section.number("token_lifetime_s", 600, 60..=3600)?),
            argon2_memory_kib: section.number("argon2_memory_kib", 19_456, 7168..=1_048_576)?,
            argon2_iterations: section.number("argon2_iterations", 2, 1..=16)?,
            argon2_parallelism: section.number("argon2_parallelism", 1, 1..=16)?,
            attempts_per_minute: section.number("attempts_per_minute", 30, 1..=10_000)?,
        })
    }
}

impl Limits {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("limits");
        Ok(Self {
            fields: section.number("fields", 200, 1..=1000)?,
            legal_bases: section.number("legal_bases", 20, 1..=100)?,
            batch: section.number("batch", 1000, 1..=10_000)?,
            decisions_per_client_s: section.number("decisions_per_client_s", 0, 0..=1_000_000)?,
            text_chars: section.number("text_chars", 1000, 100..=100_000)?,
            searched_entries: section.number("searched_entries", 200_000, 1000..=100_000_000)?,
        })
    }
}
