//! Registration: from what records staff type to a basis that a second person can verify.
//!
//! Must never let through what nobody could verify by mistake, and never repeat what was typed in a fault: it may name a
//! resident.

mod dates;
mod fault;
mod form;
mod members;
mod paper;
mod registered;
mod scope;
mod texts;
mod typed;
mod typed_day;
mod validate;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{BasisKind, Instrument};
use crate::domain::court::CourtRegistry;
use crate::domain::ids::StoreId;

pub use fault::{Fault, FormFault};
pub use form::{OfficerForm, PeriodForm, RegistrationForm, RequesterForm, ResidentForm, ScopeForm};
pub use paper::{EmergencyRequester, Officer, Paper, Period};
pub use registered::{NamedCourt, RegisteredScope, Registration};
pub use typed::{Asked, TypedForm, field_of};

/// What a registration is judged by, besides what was typed.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationRules<'r> {
    /// The instant of registration.
    pub now: DateTime<Utc>,
    /// The courts that the city knows.
    pub courts: &'r CourtRegistry,
    /// The record stores that the city knows.
    pub stores: &'r BTreeSet<StoreId>,
    /// How long an emergency may last; never longer than [`RegistrationRules::LONGEST_EMERGENCY`].
    pub emergency_lifetime: TimeDelta,
    /// The longest text accepted, in characters.
    pub text_chars: usize,
}

impl RegistrationRules<'_> {
    /// No emergency lasts longer, whatever the policy says.
    pub const LONGEST_EMERGENCY: TimeDelta = TimeDelta::hours(24);
}
