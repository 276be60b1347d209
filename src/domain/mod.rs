//! The rules of the city, as values and pure functions.
//!
//! Everything that decides whether resident data may leave lives here, so that it can be read, tested and replayed
//! without a server: the words of the field, the catalogue, legal bases, the policy and the decision itself.
//!
//! Must never read a clock, draw a random number, touch a file, a database or a socket: instants and ids come in as
//! arguments, so that the same question always gets the same answer.

pub mod agenda;
pub mod client;
mod closed_set;
pub mod court;
pub mod decision;
pub mod document;
pub mod field;
mod fold;
pub mod ids;
mod labels;
pub mod language;
pub mod legal_basis;
pub mod record;
pub mod referral;
pub mod report;
pub mod requester;
pub mod resident;
pub mod retention;
pub mod segment;
pub mod staff;
pub mod stewardship;
pub mod strict_toml;

pub use closed_set::UnknownWord;
pub use ids::{
    ClientId, CourtId, DecisionId, FormId, HoldId, LegalBasisId, ProposalId, SessionId, StaffId, StoreId, ViolationId,
};
pub use requester::{Agency, Purpose, RequesterKind};
pub use resident::{ResidentId, ResidentIndex};
