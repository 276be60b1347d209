//! What entries say about a basis.

use chrono::{DateTime, Utc};

use crate::domain::StaffId;
use crate::domain::legal_basis::LegalBasis;
use crate::domain::record::instant_text;
use crate::domain::staff::Roles;
use crate::ledger::Turn;
use crate::storage::StoreError;
use crate::storage::legal_bases::{Particulars, StoredBasis};
use crate::storage::staff;

/// The particulars of an entry.
pub(super) type About = Vec<(&'static str, String)>;

/// Which basis: its id, kind, instrument and court.
pub(super) fn basis(basis: &LegalBasis, particulars: &Particulars) -> About {
    let certain = [("legal_basis", basis.id.to_string()), ("kind", basis.kind.to_string())];
    let instrument = basis.instrument.map(|instrument| ("instrument", instrument.to_string()));
    let court = particulars.court.clone().map(|court| ("court", court));
    certain.into_iter().chain(instrument).chain(court).collect()
}

/// Which basis, of one that is stored.
pub(super) fn stored(stored: &StoredBasis) -> About {
    basis(&stored.basis, &stored.particulars)
}

/// How long and how often it counts.
pub(super) fn terms(basis: &LegalBasis) -> About {
    let instant = |name, at: DateTime<Utc>| (name, instant_text(at));
    let until = basis.valid_until.map(|until| instant("valid_until", until));
    let uses = basis.max_uses.map(|uses| ("max_uses", uses.to_string()));
    [instant("valid_from", basis.valid_from)].into_iter().chain(until).chain(uses).collect()
}

/// The roles of whoever acts, as they are in this transaction; none for the operator, who verifies nothing.
pub(super) fn roles_now(turn: &mut Turn<'_, '_>, staff: Option<StaffId>) -> Result<Option<Roles>, StoreError> {
    let Some(id) = staff else { return Ok(None) };
    Ok(staff::find(turn.tx.conn(), id)?.map(|holder| holder.roles))
}
