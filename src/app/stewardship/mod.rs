//! The catalogue in people's hands: what class a field is, is proposed by one person and settled by another.
//!
//! Only an approval changes the catalogue, and everything about it is judged again inside the transaction that records it.
//! An entry holds the names of fields and words of closed sets, never a reason's text.

mod fields;
mod proposals;
mod propose;
mod settle;

pub use fields::{FieldInFull, ListedStore, StoreInFull, UnknownField};
pub use proposals::{Consequences, ProposalInFull};
pub use propose::{NewProposal, ProposeError};
pub use settle::{SettleError, Verdict};

use crate::domain::field::CatalogError;
use crate::domain::stewardship::{Proposal, Shift};

/// What a catalogue would say that it cannot say.
fn lines(faults: &[CatalogError]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What an entry says about a proposal.
fn about(proposal: &Proposal, shift: Shift) -> Vec<(&'static str, String)> {
    vec![
        ("class", proposal.to.to_string()),
        ("field", proposal.field.normalised().to_owned()),
        ("proposal", proposal.id.to_string()),
        ("replaced_class", proposal.from.to_string()),
        ("shift", shift.to_string()),
        ("store", proposal.store.to_string()),
    ]
}
