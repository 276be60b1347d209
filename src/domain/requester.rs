//! Who asks for resident data, and why they say they ask.
//!
//! Must never guess in the requester's favour: a purpose that nobody knows is judged as the strictest one.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::closed_set::closed_set;
use super::fold;

/// What kind of body or person asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RequesterKind {
    /// A federal immigration agency: ICE, CBP, USCIS.
    FederalImmigration,
    /// Any other federal agency.
    FederalOther,
    /// Police, sheriff or state police.
    StateOrLocalLawEnforcement,
    /// A court or its clerk.
    Court,
    /// Any other government body.
    OtherGovernment,
    /// A company that works for the city.
    Contractor,
    /// A private person or company.
    PrivateParty,
    /// Somebody who invokes the Inspection of Public Records Act (NMSA 14-2).
    PublicRecords,
    /// Another department of the city itself.
    CityDepartment,
    /// The resident whose data it is.
    ResidentSelf,
}

closed_set!(RequesterKind, "requester kind", {
    FederalImmigration => "federal_immigration",
    FederalOther => "federal_other",
    StateOrLocalLawEnforcement => "state_or_local_law_enforcement",
    Court => "court",
    OtherGovernment => "other_government",
    Contractor => "contractor",
    PrivateParty => "private_party",
    PublicRecords => "public_records",
    CityDepartment => "city_department",
    ResidentSelf => "resident_self",
});

/// What the requester says the data is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Enforcement of federal immigration law.
    ImmigrationEnforcement,
    /// Investigation of a crime.
    CriminalInvestigation,
    /// A proceeding before a court.
    CourtProceeding,
    /// A request under the Inspection of Public Records Act (NMSA 14-2).
    PublicRecordsRequest,
    /// An emergency.
    EmergencyResponse,
    /// Delivering a city service.
    ServiceDelivery,
    /// An audit.
    Audit,
    /// Research.
    Research,
    /// The resident's own wish.
    ResidentRequest,
    /// Stated, but none of these.
    Other,
    /// Not stated, or stated in a word that nobody knows.
    NotStated,
}

closed_set!(Purpose, "purpose", {
    ImmigrationEnforcement => "immigration_enforcement",
    CriminalInvestigation => "criminal_investigation",
    CourtProceeding => "court_proceeding",
    PublicRecordsRequest => "public_records_request",
    EmergencyResponse => "emergency_response",
    ServiceDelivery => "service_delivery",
    Audit => "audit",
    Research => "research",
    ResidentRequest => "resident_request",
    Other => "other",
    NotStated => "not_stated",
});

impl Purpose {
    /// Reads a purpose from a request. A word that is not exactly one of ours is [`Purpose::NotStated`], never `Other`:
    /// a typing mistake must not widen a release.
    #[must_use]
    pub fn from_request(word: &str) -> Self {
        word.parse().unwrap_or(Self::NotStated)
    }

    /// The purpose by which the request is judged: one that was not stated counts as immigration enforcement.
    #[must_use]
    pub const fn judged(self) -> Self {
        match self {
            Self::NotStated => Self::ImmigrationEnforcement,
            stated => stated,
        }
    }
}

/// The name of the agency that asks, such as `ICE ERO El Paso`.
///
/// Shown as it was given; compared without regard to letter case, compatibility forms (NFKC) and runs of white space.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Agency {
    text: String,
    folded: String,
}

/// An agency name that cannot be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgencyError {
    /// Nothing but white space.
    #[error("the agency is empty")]
    Empty,
    /// More than 200 characters.
    #[error("the agency is longer than {} characters", Agency::MAX_CHARS)]
    TooLong,
    /// A control character, such as a line break.
    #[error("the agency holds a control character")]
    ControlCharacter,
}

impl Agency {
    /// The longest name accepted, in characters after trimming.
    pub const MAX_CHARS: usize = 200;

    /// Trims and checks a name.
    ///
    /// # Errors
    /// When the name is empty, longer than [`Agency::MAX_CHARS`], or holds a control character.
    pub fn new(text: &str) -> Result<Self, AgencyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AgencyError::Empty);
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(AgencyError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(AgencyError::ControlCharacter);
        }
        let words: Vec<String> = fold::folded(text).split_whitespace().map(str::to_owned).collect();
        Ok(Self { text: text.to_owned(), folded: words.join(" ") })
    }

    /// The name as it was given, trimmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Agency {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Agency {}

impl Hash for Agency {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Debug for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agency({:?})", self.text)
    }
}

impl fmt::Display for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl std::str::FromStr for Agency {
    type Err = AgencyError;

    fn from_str(text: &str) -> Result<Self, AgencyError> {
        Self::new(text)
    }
}

impl TryFrom<String> for Agency {
    type Error = AgencyError;

    fn try_from(text: String) -> Result<Self, AgencyError> {
        Self::new(&text)
    }
}

impl From<Agency> for String {
    fn from(agency: Agency) -> Self {
        agency.text
    }
}
