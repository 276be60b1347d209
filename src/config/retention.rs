//! `[retention]`: how long what is about people is kept. Nothing is erased by itself: `zaguan retention run` does it.

use chrono::TimeDelta;

use super::error::ConfigError;
use super::reader::Reader;
use crate::domain::retention::{RetentionKind, RetentionRules};

/// A century: more is a mistake.
const MOST: u32 = 36_500;

/// How long each kind is kept.
#[derive(Debug, Clone)]
pub struct Retention {
    /// The periods; what has none is kept for ever.
    pub rules: RetentionRules,
}

impl Retention {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("retention");
        let mut periods = Vec::new();
        for kind in RetentionKind::ALL {
            let days = section.number(&format!("{kind}_days"), default_days(kind), 0..=MOST)?;
            periods.push((kind, TimeDelta::days(days.into())));
        }
        Ok(Self { rules: RetentionRules::new(periods) })
    }
}

/// A start that a city replaces by its own schedule: docs/retention.md says why each is what it is.
const fn default_days(kind: RetentionKind) -> u32 {
    match kind {
        RetentionKind::DecisionResidents => 1_095,
        RetentionKind::BasisResidents | RetentionKind::BasisPapers | RetentionKind::Documents => 1_825,
        RetentionKind::ConfidentialEnded => 365,
        RetentionKind::Sessions | RetentionKind::OneTimeLinks => 90,
        RetentionKind::BasisDrafts => 30,
    }
}
