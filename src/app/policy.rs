//! The policy in force: parsed once at start, recorded when it is new.

use std::sync::Arc;

use crate::domain::decision::Policy;
use crate::domain::record::hex;

/// A policy with the text it came from.
pub struct LoadedPolicy {
    /// The table.
    pub policy: Policy,
    /// Its own id.
    pub id: Arc<str>,
    /// SHA-256 of its text, in hex: stands in every decision.
    pub sha256: Arc<str>,
    /// The text itself.
    pub source: String,
}

/// The policy that is compiled in: `config/policy.toml`.
pub const BUILT_IN: &str = include_str!("../../config/policy.toml");

impl LoadedPolicy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Every fault, each with its line.
    pub fn parse(source: &str) -> Result<Self, Vec<crate::domain::decision::PolicyError>> {
        let policy = Policy::parse(source)?;
        Ok(Self { id: policy.id().into(), sha256: hex(policy.sha256()).into(), policy, source: source.to_owned() })
    }
}
