//! What operations are judged by, from the settings and the files that they name.

use std::sync::Arc;

use super::AssembleError;
use crate::app::authority::SessionRules;
use crate::app::legal_bases::BasisRules;
use crate::app::policy::{BUILT_IN, LoadedPolicy};
use crate::app::staff::StaffRules;
use crate::config::Settings;
use crate::domain::court::CourtRegistry;
use crate::domain::staff::{BackOffRules, CertificationRules};

pub(super) fn session_rules(settings: &Settings) -> SessionRules {
    let staff = &settings.staff;
    SessionRules {
        idle: staff.session_idle,
        lifetime: staff.session_lifetime,
        certification: CertificationRules { period: staff.certification_period, grace: staff.certification_grace },
    }
}

pub(super) fn staff_rules(settings: &Settings) -> StaffRules {
    let staff = &settings.staff;
    StaffRules {
        link_lifetime: staff.link_lifetime,
        back_off: BackOffRules {
            failures_before_wait: staff.failures_before_wait,
            first_wait: staff.first_wait,
            longest_wait: staff.longest_wait,
        },
        public_url: settings.server.public_url.clone(),
    }
}

/// The courts that are compiled in.
const COURTS: &str = include_str!("../../../config/courts.toml");

/// The courts that the city knows: those that are built in, and those that counsel's file adds.
///
/// # Errors
/// When the file cannot be read, or the two together are no sound registry.
pub fn load_courts(settings: &Settings) -> Result<CourtRegistry, AssembleError> {
    let refused = |origin: &str| {
        let origin = origin.to_owned();
        |faults| AssembleError::Courts { origin, faults }
    };
    let built_in = CourtRegistry::parse(COURTS).map_err(refused("that is built in"))?;
    let Some(path) = &settings.legal_bases.courts_file else { return Ok(built_in) };
    let text = std::fs::read_to_string(path).map_err(|error| AssembleError::CourtsFile(path.clone(), error))?;
    built_in.extended_by(&text).map_err(refused(&format!("`{}`", path.display())))
}

pub(super) fn basis_rules(settings: &Settings) -> Result<BasisRules, AssembleError> {
    let rules = &settings.legal_bases;
    Ok(BasisRules {
        courts: Arc::new(load_courts(settings)?),
        emergency_lifetime: rules.emergency_lifetime,
        review_within: rules.emergency_review_within,
        is_call_back_required: rules.demand_call_back_details,
        max_verification_age: rules.verified_again_after,
        text_chars: settings.limits.text_chars,
    })
}

/// The policy of the settings: a file, or the one that is built in.
///
/// # Errors
/// When the file cannot be read, or holds no sound policy.
pub fn load_policy(settings: &Settings) -> Result<LoadedPolicy, AssembleError> {
    let (origin, text) = match &settings.policy.file {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| AssembleError::PolicyFile(path.clone(), error))?;
            (format!("`{}`", path.display()), text)
        }
        None => ("that is built in".to_owned(), BUILT_IN.to_owned()),
    };
    LoadedPolicy::parse(&text).map_err(|faults| AssembleError::Policy { origin, faults })
}
