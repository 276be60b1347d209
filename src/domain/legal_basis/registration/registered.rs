//! A registration that is in order, and the basis that decisions judge it by.
//!
//! Holds residents and people in the clear until they are sealed. Must never be printed.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};

use super::Paper;
use crate::domain::field::FieldClass;
use crate::domain::ids::{CourtId, LegalBasisId, StoreId};
use crate::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use crate::domain::requester::{Agency, Purpose, RequesterKind};
use crate::domain::resident::{ResidentId, ResidentIndex};

/// A court on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedCourt {
    /// One of the registry.
    Known(CourtId),
    /// One that the registry does not know, as the paper names it.
    Unknown(String),
}

impl NamedCourt {
    /// The id, or the name as the paper has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(id) => id.as_str(),
            Self::Unknown(name) => name,
        }
    }
}

/// What a registration covers, with the residents in the clear.
#[derive(Clone, PartialEq, Eq)]
pub struct RegisteredScope {
    /// Whose data; empty for a standing mandate.
    pub residents: Vec<(StoreId, ResidentId)>,
    /// Which classes of field.
    pub classes: BTreeSet<FieldClass>,
    /// Which record stores.
    pub stores: BTreeSet<StoreId>,
    /// Which kinds of requester.
    pub requester_kinds: BTreeSet<RequesterKind>,
    /// Which agency; `None` is any of those kinds.
    pub requester_agency: Option<Agency>,
    /// For which purposes.
    pub purposes: BTreeSet<Purpose>,
}

/// A registration that is in order.
#[derive(Clone)]
pub struct Registration {
    pub(super) kind: BasisKind,
    pub(super) instrument: Option<Instrument>,
    pub(super) court: Option<NamedCourt>,
    pub(super) is_standing: bool,
    pub(super) review_by: Option<DateTime<Utc>>,
    pub(super) valid_from: DateTime<Utc>,
    pub(super) valid_until: Option<DateTime<Utc>>,
    pub(super) max_uses: Option<u32>,
    pub(super) supersedes: Option<LegalBasisId>,
    pub(super) scope: RegisteredScope,
    pub(super) paper: Paper,
}

impl Registration {
    /// What kind of basis it claims to be.
    #[must_use]
    pub const fn kind(&self) -> BasisKind {
        self.kind
    }

    /// The paper behind it.
    #[must_use]
    pub const fn instrument(&self) -> Option<Instrument> {
        self.instrument
    }

    /// The court that issued it, where one did.
    #[must_use]
    pub const fn court(&self) -> Option<&NamedCourt> {
        self.court.as_ref()
    }

    /// The docket number, as the paper writes it. Whether it is well-formed is for the check list.
    #[must_use]
    pub fn docket(&self) -> Option<&str> {
        self.paper.docket.as_deref()
    }

    /// The law or agreement.
    #[must_use]
    pub fn citation(&self) -> Option<&str> {
        self.paper.citation.as_deref()
    }

    /// When the paper was issued.
    #[must_use]
    pub const fn issued_at(&self) -> Option<DateTime<Utc>> {
        self.paper.issued_at
    }

    /// Whether it covers every resident.
    #[must_use]
    pub const fn is_standing(&self) -> bool {
        self.is_standing
    }

    /// By when a mandate is looked at again.
    #[must_use]
    pub const fn review_by(&self) -> Option<DateTime<Utc>> {
        self.review_by
    }

    /// First instant at which it counts.
    #[must_use]
    pub const fn valid_from(&self) -> DateTime<Utc> {
        self.valid_from
    }

    /// First instant at which it counts no more.
    #[must_use]
    pub const fn valid_until(&self) -> Option<DateTime<Utc>> {
        self.valid_until
    }

    /// How many decisions may use it.
    #[must_use]
    pub const fn max_uses(&self) -> Option<u32> {
        self.max_uses
    }

    /// The basis that this one corrects.
    #[must_use]
    pub const fn supersedes(&self) -> Option<LegalBasisId> {
        self.supersedes
    }

    /// What it covers, with the residents in the clear.
    #[must_use]
    pub const fn scope(&self) -> &RegisteredScope {
        &self.scope
    }

    /// What is sealed at rest.
    #[must_use]
    pub const fn paper(&self) -> &Paper {
        &self.paper
    }

    /// Whether the paper is one that can never unlock anything: recorded so that it is counted, and rejected at once.
    #[must_use]
    pub fn is_never_verifiable(&self) -> bool {
        !self.kind.may_rest_on(self.instrument)
    }

    /// The basis that decisions judge: registered, or rejected when nobody may ever verify it.
    ///
    /// `residents` are the keyed indexes of the scope's residents.
    #[must_use]
    pub fn into_basis(self, id: LegalBasisId, residents: BTreeSet<(StoreId, ResidentIndex)>) -> LegalBasis {
        let status = if self.is_never_verifiable() { Status::Rejected } else { Status::Registered };
        let residents = if self.is_standing { ResidentScope::Standing } else { ResidentScope::Listed(residents) };
        LegalBasis {
            id,
            kind: self.kind,
            instrument: self.instrument,
            status,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            max_uses: self.max_uses,
            uses: 0,
            scope: Scope {
                residents,
                classes: self.scope.classes,
                stores: self.scope.stores,
                requester_kinds: self.scope.requester_kinds,
                requester_agency: self.scope.requester_agency,
                purposes: self.scope.purposes,
            },
        }
    }
}

impl fmt::Debug for RegisteredScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegisteredScope(hidden)")
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("kind", &self.kind)
            .field("instrument", &self.instrument)
            .field("valid_from", &self.valid_from)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}
