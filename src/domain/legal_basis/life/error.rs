//! Why something may not be done to a legal basis.
//!
//! Must never name a person.

/// Why something may not be done to a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LifeError {
    /// One person would be both.
    #[error("the person who registers a legal basis never verifies it")]
    SamePerson,
    /// The role is not enough for this kind.
    #[error("warrants and mandates are for counsel, emergencies for a supervisor or counsel")]
    WrongRole,
    /// The paper can never unlock anything.
    #[error("this kind of paper can be recorded, but never verified")]
    NeverVerifiable,
    /// It was rejected, for good.
    #[error("the legal basis was rejected")]
    Rejected,
    /// It was revoked, for good.
    #[error("the legal basis was revoked")]
    Revoked,
    /// It was replaced.
    #[error("the legal basis was replaced by another")]
    Superseded,
    /// It is past its end.
    #[error("the legal basis has expired")]
    Expired,
    /// Nobody has verified it yet.
    #[error("the legal basis has not been verified")]
    NotVerified,
    /// It is verified: it can be revoked, but no longer rejected.
    #[error("the legal basis is verified: it can only be revoked")]
    AlreadyVerified,
    /// A note or reason is missing.
    #[error("this needs a reason in words")]
    NoReason,
    /// Only emergencies are reviewed afterwards.
    #[error("only an emergency is reviewed afterwards")]
    NoEmergency,
    /// There is one review.
    #[error("the emergency has already been reviewed")]
    AlreadyReviewed,
    /// Only standing mandates are renewed.
    #[error("only a standing mandate is renewed")]
    NotStanding,
    /// The new date is not later than now.
    #[error("the new review date must be in the future")]
    ReviewInPast,
    /// The new date is too far.
    #[error("the new review date must be at most twelve months ahead")]
    ReviewTooFar,
    /// A correction is of the same kind.
    #[error("a correction must be of the same kind as the basis it replaces")]
    OtherKind,
    /// Nothing replaces itself.
    #[error("a legal basis cannot replace itself")]
    Itself,
}
