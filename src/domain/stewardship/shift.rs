//! What another class would do to a field's protection, in one word.

use crate::domain::closed_set::closed_set;
use crate::domain::decision::{ClassPolicy, Policy};
use crate::domain::field::FieldClass;

/// What another class would do to a field's protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shift {
    /// Nobody had judged it, so it was always withheld; now it is protected by its class.
    First,
    /// It is kept more carefully than before.
    Raises,
    /// It is kept as carefully as before, but other legal bases open it.
    Exchanges,
    /// It is kept less carefully than before, or no longer withheld at all.
    Lowers,
}

closed_set!(Shift, "shift of protection", {
    First => "first",
    Raises => "raises",
    Exchanges => "exchanges",
    Lowers => "lowers",
});

impl Shift {
    /// What it means to put `to` in the place of `from` under a policy.
    ///
    /// What the policy withholds counts before the rank of the classes: a field that nobody has judged is always withheld,
    /// so whatever lets it out lowers its protection.
    #[must_use]
    pub fn between(from: FieldClass, to: FieldClass, policy: &Policy) -> Self {
        let (was_withheld, is_withheld) = (is_withheld(from, policy), is_withheld(to, policy));
        match (was_withheld, is_withheld) {
            (true, false) => Self::Lowers,
            (false, true) => Self::Raises,
            _ if from == FieldClass::Unclassified => Self::First,
            _ if to.rank() < from.rank() => Self::Lowers,
            _ if to.rank() > from.rank() => Self::Raises,
            _ => Self::Exchanges,
        }
    }
}

/// Whether a field of this class stays in unless something opens it.
#[must_use]
pub fn is_withheld(class: FieldClass, policy: &Policy) -> bool {
    match class {
        FieldClass::Unclassified => true,
        FieldClass::Unprotected => false,
        // A class without a row would be withheld: nothing falls through to a release.
        class => policy.class(class).is_none_or(ClassPolicy::is_protected),
    }
}
