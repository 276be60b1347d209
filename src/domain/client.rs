//! A registered city application: which stores and requester kinds it may speak for.
//!
//! Must never hold the client's secret.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::staff::{Certification, CertificationRules};
use super::{ClientId, RequesterKind, StoreId};

/// A registered city application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id, also its OAuth 2 `client_id`.
    pub id: ClientId,
    /// What people call it.
    pub name: String,
    /// Whether it may ask at all.
    pub is_enabled: bool,
    /// Tokens issued before this instant no longer count.
    pub tokens_not_before: DateTime<Utc>,
    /// The stores it may ask about.
    pub stores: BTreeSet<StoreId>,
    /// The requester kinds it may speak for.
    pub requester_kinds: BTreeSet<RequesterKind>,
    /// Who said last that the client is needed.
    pub certified_by: String,
    /// When that was said.
    pub certified_at: DateTime<Utc>,
}

/// Why a client was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientRefusal {
    /// It is unknown, disabled, or the token is from before a rotation.
    NotAuthorized,
    /// Nobody has certified it in time.
    Suspended,
    /// It is not registered for this store.
    Store,
    /// It is not registered to speak for this kind of requester.
    RequesterKind,
}

impl ClientRefusal {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::NotAuthorized, Self::Suspended, Self::Store, Self::RequesterKind];

    /// The stable code that stands in the entry.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAuthorized => "client_not_authorized",
            Self::Suspended => "client_suspended",
            Self::Store => "store_not_registered",
            Self::RequesterKind => "requester_kind_not_registered",
        }
    }
}

impl Client {
    /// Whether a token issued at `issued_at` still speaks for this client.
    #[must_use]
    pub fn accepts_token_of(&self, issued_at: DateTime<Utc>) -> bool {
        self.is_enabled && issued_at >= self.tokens_not_before
    }

    /// Whether the client may ask at all at `now`, with a token issued at `issued_at`.
    ///
    /// # Errors
    /// When it is disabled, the token is from before a rotation, or nobody certified it in time.
    pub fn admit(
        &self,
        issued_at: DateTime<Utc>,
        rules: CertificationRules,
        now: DateTime<Utc>,
    ) -> Result<(), ClientRefusal> {
        if !self.accepts_token_of(issued_at) {
            return Err(ClientRefusal::NotAuthorized);
        }
        match rules.judge(self.certified_at, now) {
            Certification::Suspended => Err(ClientRefusal::Suspended),
            Certification::Current { .. } | Certification::Overdue { .. } => Ok(()),
        }
    }

    /// Whether the client may ask about `store` on behalf of a requester of `kind`.
    ///
    /// # Errors
    /// Which of the two it is not registered for.
    pub fn may_ask(&self, store: &StoreId, kind: RequesterKind) -> Result<(), ClientRefusal> {
        if !self.stores.contains(store) {
            return Err(ClientRefusal::Store);
        }
        if !self.requester_kinds.contains(&kind) {
            return Err(ClientRefusal::RequesterKind);
        }
        Ok(())
    }
}
