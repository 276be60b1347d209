//! What people call the members of closed sets: words in `words.ftl`, by set and member, so that none is forgotten and all
//! pages use the same.

use crate::domain::court::{CourtLevel, CourtSystem};
use crate::domain::decision::{Effect, ExportFormat, Obligation, Outcome, PolicyScope, Reason};
use crate::domain::document::MediaType;
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::check::{CheckOutcome, NumberSource, Severity};
use crate::domain::legal_basis::life::{BasisState, ReviewOutcome};
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::record::EventKind;
use crate::domain::referral::{ReferralKind, ReferralOutcome};
use crate::domain::staff::{AccountStatus, Permission, Role, SwitchReason};
use crate::domain::stewardship::{ProposalStatus, Shift};
use crate::domain::{Purpose, RequesterKind};
use crate::i18n::Tongue;

/// A member of a closed set that people have a word for.
pub(super) trait Word {
    /// The word.
    fn said(&self, tongue: Tongue) -> String;
}

impl<T: Word + ?Sized> Word for &T {
    fn said(&self, tongue: Tongue) -> String {
        T::said(self, tongue)
    }
}

/// Words that the domain itself knows, because the policy is printed in both languages.
macro_rules! labelled {
    ($($set:ty),+ $(,)?) => {$(
        impl Word for $set {
            fn said(&self, tongue: Tongue) -> String {
                self.label(tongue.language()).to_owned()
            }
        }
    )+};
}

macro_rules! worded {
    ($($set:ty => $prefix:literal),+ $(,)?) => {$(
        impl Word for $set {
            fn said(&self, tongue: Tongue) -> String {
                tongue.say(&key($prefix, self.as_str()))
            }
        }
    )+

        /// Every key that a member of a closed set is said by.
        #[must_use]
        pub fn keys() -> Vec<String> {
            let mut keys = Vec::new();
            $(keys.extend(<$set>::ALL.iter().map(|member| key($prefix, member.as_str())));)+
            keys
        }
    };
}

labelled!(FieldClass, RequesterKind, BasisKind);

worded!(
    Effect => "effect",
    ExportFormat => "export-format",
    Reason => "reason",
    Obligation => "obligation",
    Outcome => "outcome",
    PolicyScope => "policy-scope",
    MediaType => "media-type",
    Instrument => "instrument",
    BasisState => "basis",
    ReviewOutcome => "review",
    CheckOutcome => "check-outcome",
    Severity => "check-severity",
    NumberSource => "number-source",
    ReferralKind => "referral",
    ReferralOutcome => "referral-outcome",
    CourtSystem => "court-system",
    CourtLevel => "court-level",
    EventKind => "entry",
    Role => "role",
    AccountStatus => "account",
    SwitchReason => "switch",
    ProposalStatus => "proposal",
    Shift => "shift",
    Permission => "permission",
    Purpose => "purpose",
);

fn key(set: &str, member: &str) -> String {
    format!("word-{set}-{}", member.to_ascii_lowercase().replace(['_', '/'], "-"))
}
