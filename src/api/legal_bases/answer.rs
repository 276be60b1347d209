//! A basis as lists show it: nothing that is sealed.

use serde::Serialize;

use crate::app::App;
use crate::app::legal_bases::{BasisNeeds, ListedBasis};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::{BasisKind, Instrument, Scope};
use crate::domain::record::instant_text;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, StoreId};
use crate::storage::legal_bases::StoredBasis;

/// A basis in JSON. `status` is where it stands at the instant of the answer.
#[derive(Serialize)]
pub(super) struct BasisResponse<'a> {
    id: LegalBasisId,
    kind: BasisKind,
    instrument: Option<Instrument>,
    status: BasisState,
    registrar: &'a str,
    registered_at: String,
    verifier: Option<&'a str>,
    verified_at: Option<String>,
    valid_from: String,
    valid_until: Option<String>,
    max_uses: Option<u32>,
    uses: u32,
    is_standing: bool,
    court: Option<CourtResponse<'a>>,
    docket: Option<&'a str>,
    citation: Option<&'a str>,
    issued_at: Option<String>,
    review_by: Option<String>,
    review_due_at: Option<String>,
    reviewed_at: Option<String>,
    review_outcome: Option<&'a str>,
    supersedes: Option<LegalBasisId>,
    scope: ScopeResponse<'a>,
    needs: Option<NeedsResponse>,
}

/// A court of the registry. Its name is missing when counsel took it out since.
#[derive(Serialize)]
struct CourtResponse<'a> {
    id: &'a str,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct ScopeResponse<'a> {
    classes: Vec<FieldClass>,
    stores: Vec<&'a StoreId>,
    requester_kinds: Vec<RequesterKind>,
    requester_agency: Option<&'a Agency>,
    purposes: Vec<Purpose>,
}

#[derive(Serialize)]
struct NeedsResponse {
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_overdue: Option<bool>,
}

impl<'a> BasisResponse<'a> {
    /// A basis on a list.
    pub(super) fn of_listed(app: &'a App, listed: &'a ListedBasis) -> Self {
        Self::of(app, &listed.stored, listed.state, listed.needs)
    }

    /// A basis in this state.
    pub(super) fn of(app: &'a App, stored: &'a StoredBasis, state: BasisState, needs: Option<BasisNeeds>) -> Self {
        let StoredBasis { basis, people, verified_at, particulars } = stored;
        let text = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(instant_text);
        Self {
            id: basis.id,
            kind: basis.kind,
            instrument: basis.instrument,
            status: state,
            registrar: &people.registrar,
            registered_at: instant_text(people.registered_at),
            verifier: people.verifier.as_deref(),
            verified_at: text(*verified_at),
            valid_from: instant_text(basis.valid_from),
            valid_until: text(basis.valid_until),
            max_uses: basis.max_uses,
            uses: basis.uses,
            is_standing: stored.is_standing(),
            court: particulars.court.as_deref().map(|id| CourtResponse::of(app, id)),
            docket: particulars.docket.as_deref(),
            citation: particulars.citation.as_deref(),
            issued_at: text(particulars.issued_at),
            review_by: text(particulars.review_by),
            review_due_at: text(particulars.review_due_at),
            reviewed_at: text(particulars.reviewed_at),
            review_outcome: particulars.review_outcome.as_deref(),
            supersedes: particulars.supersedes,
            scope: ScopeResponse::of(&basis.scope),
            needs: needs.map(NeedsResponse::from),
        }
    }
}

impl<'a> CourtResponse<'a> {
    fn of(app: &'a App, id: &'a str) -> Self {
        let court = id.parse().ok().and_then(|id| app.courts().get(&id));
        Self { id, name: court.map(|court| court.name.as_str()) }
    }
}

impl<'a> ScopeResponse<'a> {
    fn of(scope: &'a Scope) -> Self {
        Self {
            classes: scope.classes.iter().copied().collect(),
            stores: scope.stores.iter().collect(),
            requester_kinds: scope.requester_kinds.iter().copied().collect(),
            requester_agency: scope.requester_agency.as_ref(),
            purposes: scope.purposes.iter().copied().collect(),
        }
    }
}

impl From<BasisNeeds> for NeedsResponse {
    fn from(needs: BasisNeeds) -> Self {
        let (due_at, is_overdue) = match needs {
            BasisNeeds::Verification => (None, None),
            BasisNeeds::Review { due_at, is_overdue } => (Some(due_at), Some(is_overdue)),
            BasisNeeds::Renewal { due_at } => (Some(due_at), None),
        };
        Self { what: needs.as_str(), due_at: due_at.map(instant_text), is_overdue }
    }
}
