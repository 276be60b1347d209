//! What kind of thing a field tells about a resident.
//!
//! Must never hold what is protected: that is the policy's to say.

use crate::domain::closed_set::closed_set;

/// The class of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldClass {
    /// Citizenship, nationality, visa and everything else that tells it (Resolution 26-049).
    ImmigrationStatus,
    /// Where somebody lives (Resolution 26-049).
    HomeAddress,
    /// Where and as what somebody works (Resolution 26-049).
    Employment,
    /// Social security number or ITIN (SB 36, 2025, ch. 138).
    SocialSecurityNumber,
    /// National origin (SB 36, 2025, ch. 138).
    NationalOrigin,
    /// Religion (SB 36, 2025, ch. 138).
    Religion,
    /// Sexual orientation (SB 36, 2025, ch. 138).
    SexualOrientation,
    /// Gender identity (SB 36, 2025, ch. 138).
    GenderIdentity,
    /// Disability (SB 36, 2025, ch. 138).
    Disability,
    /// Medical condition (SB 36, 2025, ch. 138).
    Medical,
    /// Receiving public assistance (SB 36, 2025, ch. 138).
    PublicAssistance,
    /// Being the victim of a crime (SB 36, 2025, ch. 138).
    CrimeVictim,
    /// Phone and e-mail (for participants: Confidential Substitute Address Act, NMSA 40-13B).
    Contact,
    /// The school of a resident or of their child.
    School,
    /// Where a vehicle was.
    VehicleLocation,
    /// Judged by a steward to need no protection.
    Unprotected,
    /// Not judged by anybody: always withheld.
    Unclassified,
}

closed_set!(FieldClass, "field class", {
    ImmigrationStatus => "immigration_status",
    HomeAddress => "home_address",
    Employment => "employment",
    SocialSecurityNumber => "social_security_number",
    NationalOrigin => "national_origin",
    Religion => "religion",
    SexualOrientation => "sexual_orientation",
    GenderIdentity => "gender_identity",
    Disability => "disability",
    Medical => "medical",
    PublicAssistance => "public_assistance",
    CrimeVictim => "crime_victim",
    Contact => "contact",
    School => "school",
    VehicleLocation => "vehicle_location",
    Unprotected => "unprotected",
    Unclassified => "unclassified",
});

impl FieldClass {
    /// How carefully a class is kept, to tell a downgrade: 3 unclassified, 2 the three of the resolution, 1 sensitive,
    /// 0 unprotected.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Unclassified => 3,
            Self::ImmigrationStatus | Self::HomeAddress | Self::Employment => 2,
            Self::Unprotected => 0,
            _ => 1,
        }
    }

    /// Whether putting `to` in place of `self` may let out what was kept in: a lower rank, or another class of the same
    /// rank, which other legal bases unlock.
    #[must_use]
    pub fn is_downgraded_by(self, to: Self) -> bool {
        to != self && to.rank() <= self.rank()
    }

    /// Whether a container of this class would carry out `inner` with it: `inner` is kept more carefully, or as
    /// carefully but under another class, which other legal bases unlock.
    #[must_use]
    pub fn is_container_below(self, inner: Self) -> bool {
        inner.is_downgraded_by(self)
    }

    /// Whether the policy has a row for this class. `unprotected` and `unclassified` have none: their answer is fixed.
    #[must_use]
    pub const fn has_policy_row(self) -> bool {
        !matches!(self, Self::Unprotected | Self::Unclassified)
    }
}
