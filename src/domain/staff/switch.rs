//! Why an account is switched off, or on again: one word, so that the log can hold it and a report can count it.

use crate::domain::closed_set::closed_set;

/// Why an account is switched off, or on again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SwitchReason {
    /// They no longer work for the city.
    Left,
    /// They do something else now.
    OtherDuties,
    /// They are away for a while.
    LongAbsence,
    /// Somebody else may be using the account, or it was misused.
    SuspectedMisuse,
    /// They are back.
    Returned,
    /// A suspicion was looked into, and there was nothing to it.
    Cleared,
    /// It was switched by mistake.
    Mistake,
}

closed_set!(SwitchReason, "reason for switching an account", {
    Left => "left",
    OtherDuties => "other_duties",
    LongAbsence => "long_absence",
    SuspectedMisuse => "suspected_misuse",
    Returned => "returned",
    Cleared => "cleared",
    Mistake => "mistake",
});

impl SwitchReason {
    /// The reasons for switching an account off.
    pub const OFF: [Self; 5] = [Self::Left, Self::OtherDuties, Self::LongAbsence, Self::SuspectedMisuse, Self::Mistake];

    /// The reasons for switching an account on again.
    pub const ON: [Self; 4] = [Self::Returned, Self::OtherDuties, Self::Cleared, Self::Mistake];
}
