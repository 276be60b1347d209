//! What every page about one basis says of it first.

use chrono::{DateTime, Utc};

use crate::console::Frame;
use crate::domain::LegalBasisId;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::storage::legal_bases::StoredBasis;

/// A basis in a few words.
pub(super) struct Summary {
    /// Which.
    pub(super) id: LegalBasisId,
    /// What it is: its kind, and the paper that it rests on.
    pub(super) name: String,
    /// The docket number, or the citation.
    pub(super) reference: Option<String>,
    /// The agency that it is for.
    pub(super) agency: Option<String>,
    /// Where it stands.
    pub(super) state: BasisState,
    /// How the badge of that looks.
    pub(super) look: &'static str,
    /// Who registered it.
    pub(super) registrar: String,
    /// When.
    pub(super) registered_at: DateTime<Utc>,
    /// The first instant at which it counts no more, if it has an end.
    pub(super) valid_until: Option<DateTime<Utc>>,
    /// By when its review is due, if it owes one.
    pub(super) review_due_at: Option<DateTime<Utc>>,
}

impl Summary {
    pub(super) fn of(frame: &Frame, stored: &StoredBasis, state: BasisState) -> Self {
        let StoredBasis { basis, people, particulars, verified_at } = stored;
        let owes_review = verified_at.is_some() && particulars.reviewed_at.is_none();
        Self {
            id: basis.id,
            name: name(frame, basis.kind, basis.instrument),
            reference: particulars.docket.clone().or_else(|| particulars.citation.clone()),
            agency: basis.scope.requester_agency.as_ref().map(|agency| agency.as_str().to_owned()),
            state,
            look: look(state),
            registrar: people.registrar.clone(),
            registered_at: people.registered_at,
            valid_until: basis.valid_until,
            review_due_at: particulars.review_due_at.filter(|_| owes_review),
        }
    }

    pub(super) fn sample(frame: &Frame, kind: BasisKind) -> Self {
        let hours = chrono::TimeDelta::hours;
        let is_emergency = kind == BasisKind::EmergencyException;
        let instrument = (!is_emergency).then_some(Instrument::SearchWarrant);
        let state = if is_emergency { BasisState::Verified } else { BasisState::Registered };
        Self {
            id: LegalBasisId::new(uuid::Uuid::from_u128(7)),
            name: name(frame, kind, instrument),
            reference: instrument.map(|_| "2:31-mj-01234".to_owned()),
            agency: Some("ICE ERO El Paso".to_owned()),
            state,
            look: look(state),
            registrar: "r.archuleta".to_owned(),
            registered_at: frame.now - hours(5),
            valid_until: Some(frame.now + hours(19)),
            review_due_at: is_emergency.then(|| frame.now + hours(67)),
        }
    }
}

/// What a basis is called: its kind, and the paper that it rests on.
pub(super) fn name(frame: &Frame, kind: BasisKind, instrument: Option<Instrument>) -> String {
    let kind = frame.word(kind);
    match instrument {
        Some(instrument) => format!("{kind}: {}", frame.word(instrument)),
        None => kind,
    }
}

/// How the badge of a state looks.
pub(super) const fn look(state: BasisState) -> &'static str {
    match state {
        BasisState::Registered => "badge-warning",
        BasisState::Verified => "badge-good",
        BasisState::Rejected | BasisState::Revoked => "badge-bad",
        BasisState::Expired | BasisState::UsedUp | BasisState::Superseded => "badge-calm",
    }
}
