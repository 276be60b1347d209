//! `[staff]`, `[legal_bases]`, `[documents]`: how long people's sessions last, what a legal basis must show, how large its
//! scanned paper may be.

use std::path::PathBuf;

use chrono::TimeDelta;

use super::error::ConfigError;
use super::reader::{Reader, is_path};

/// Accounts and sessions of staff.
#[derive(Debug, Clone)]
pub struct Staff {
    /// A session ends when it was not used this long.
    pub session_idle: TimeDelta,
    /// A session ends this long after it was opened, used or not.
    pub session_lifetime: TimeDelta,
    /// A one-time link is good this long.
    pub link_lifetime: TimeDelta,
    /// Failed sign-ins in a row before a name, or an address, has to wait.
    pub failures_before_wait: u32,
    /// The first wait; each further failure doubles it.
    pub first_wait: TimeDelta,
    /// The longest wait.
    pub longest_wait: TimeDelta,
    /// Every account and client is certified anew within this time.
    pub certification_period: TimeDelta,
    /// Overdue access goes on this long, with a warning, before it is suspended.
    pub certification_grace: TimeDelta,
}

/// What legal bases must show.
#[derive(Debug, Clone)]
pub struct LegalBases {
    /// Courts that counsel adds to those that are compiled in.
    pub courts_file: Option<PathBuf>,
    /// The longest life of an emergency exception.
    pub emergency_lifetime: TimeDelta,
    /// An emergency is reviewed within this time after it was registered.
    pub emergency_review_within: TimeDelta,
    /// Whether W17 passes only with the particulars of the call to the clerk of the court.
    pub demand_call_back_details: bool,
    /// A verification older than this is repeated before the basis counts as checked (W20).
    pub verified_again_after: TimeDelta,
}

/// Scanned papers.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The largest paper, in bytes.
    pub max_bytes: usize,
}

impl Staff {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("staff");
        Ok(Self {
            session_idle: TimeDelta::minutes(section.number("session_idle_minutes", 30, 5..=720)?),
            session_lifetime: TimeDelta::hours(section.number("session_lifetime_hours", 12, 1..=24)?),
            link_lifetime: TimeDelta::hours(section.number("link_lifetime_hours", 72, 1..=336)?),
            failures_before_wait: section.number("failures_before_wait", 5, 1..=100)?,
            first_wait: TimeDelta::seconds(section.number("first_wait_s", 30, 1..=3600)?),
            longest_wait: TimeDelta::seconds(section.number("longest_wait_s", 900, 1..=86_400)?),
            certification_period: TimeDelta::days(section.number("certification_days", 90, 1..=366)?),
            certification_grace: TimeDelta::days(section.number("certification_grace_days", 14, 0..=90)?),
        })
    }
}

impl LegalBases {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("legal_bases");
        let parse = |text: &str| is_path(text).then(|| (!text.is_empty()).then(|| PathBuf::from(text)));
        Ok(Self {
            courts_file: section.text("courts_file", "", "a path, or an empty text", parse)?,
            emergency_lifetime: TimeDelta::hours(section.number("emergency_lifetime_hours", 24, 1..=24)?),
            emergency_review_within: TimeDelta::hours(section.number("emergency_review_hours", 72, 1..=72)?),
            demand_call_back_details: section.flag("demand_call_back_details", false)?,
            verified_again_after: TimeDelta::hours(section.number("verified_again_after_hours", 720, 1..=8784)?),
        })
    }
}

impl Documents {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, ConfigError> {
        let mut section = reader.section("documents");
        Ok(Self { max_bytes: section.number("max_bytes", 20_971_520, 1024..=104_857_600)? })
    }
}
