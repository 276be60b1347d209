//! What the program judges a basis by.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::court::{Court, CourtRegistry};
use crate::domain::legal_basis::{LegalBasis, Paper};

/// What is known of a stored scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// The type that was found by looking, not the one that was claimed: `application/pdf`.
    pub media_type: String,
    /// How many pages; an image is one.
    pub pages: u32,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
}

/// Everything that the program looks at.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// The basis as decisions judge it, with its uses.
    pub basis: &'e LegalBasis,
    /// What is written on the paper.
    pub paper: &'e Paper,
    /// The courts that the city knows now.
    pub courts: &'e CourtRegistry,
    /// The stored scan.
    pub document: Option<&'e DocumentFacts>,
    /// Who registered the basis.
    pub registrar: &'e str,
    /// Who is about to verify it; `None` when the list is only shown.
    pub verifier: Option<&'e str>,
    /// How long a verification counts.
    pub max_verification_age: TimeDelta,
    /// The instant at which it is judged.
    pub now: DateTime<Utc>,
}

impl Evidence<'_> {
    /// The court of the registry that the paper names.
    pub(super) fn court(&self) -> Option<&Court> {
        self.paper.court.as_deref().and_then(|name| self.courts.find(name))
    }
}
