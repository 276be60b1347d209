//! A steward at work: a field that was asked for and that nobody had classified waits for a second person.

use super::past::PastClock;
use super::staff::People;
use crate::app::App;
use crate::app::authority::ProposeClass;
use crate::app::stewardship::NewProposal;
use crate::domain::field::{FieldClass, FieldName};
use crate::domain::staff::Role;

/// Proposes a class that would let the field out, so that a visitor sees how that is shown.
pub(super) fn propose(app: &App, people: &People, clock: &PastClock) -> anyhow::Result<()> {
    let steward = people.act::<ProposeClass>(Role::Steward, app, clock)?;
    let new = NewProposal {
        store: "library".parse()?,
        field: FieldName::new("patron.favourite_genre")?,
        class: FieldClass::Unprotected,
        reason: "A taste in books is on no list of the resolution; the library counts it for its orders.".to_owned(),
    };
    app.propose_class(&steward, new)?;
    Ok(())
}
