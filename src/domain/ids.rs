//! Names of things: each kind of id is a type of its own, so that one can never stand for another.
//!
//! Must never make an id: they are made above this floor and come in as arguments.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// An id that is not spelled as its kind demands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a UUID.
    #[error("the {kind} is not a UUID")]
    NotAUuid {
        /// Which id was expected.
        kind: &'static str,
    },
    /// Not a slug: 1 to 64 of `a-z`, `0-9` and `-`, the first not a hyphen.
    #[error("the {kind} must be 1 to 64 of a-z, 0-9 and -, and not begin with -")]
    NotASlug {
        /// Which id was expected.
        kind: &'static str,
    },
}

macro_rules! uuid_id {
    ($(#[$doc:meta])+ $id:ident, $kind:literal) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(Uuid);

        impl $id {
            /// Wraps a UUID made elsewhere.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for storage.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.as_hyphenated(), f)
            }
        }

        impl FromStr for $id {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdError::NotAUuid { kind: $kind })
            }
        }

        serde_as_text!($id);
    };
}

macro_rules! slug_id {
    ($(#[$doc:meta])+ $id:ident, $kind:literal) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(String);

        impl $id {
            /// The slug itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $id {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(IdError::NotASlug { kind: $kind }) }
            }
        }

        serde_as_text!($id);
    };
}

macro_rules! serde_as_text {
    ($id:ident) => {
        impl serde::Serialize for $id {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $id {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

uuid_id!(
    /// One recorded decision.
    DecisionId,
    "decision id"
);
uuid_id!(
    /// One registered legal basis.
    LegalBasisId,
    "legal basis id"
);
uuid_id!(
    /// One form as it was handed out, to be carried out once.
    FormId,
    "form id"
);
uuid_id!(
    /// One member of staff.
    StaffId,
    "staff id"
);
uuid_id!(
    /// One session of a member of staff. Never the token that opens it.
    SessionId,
    "session id"
);
uuid_id!(
    /// One recorded violation.
    ViolationId,
    "violation id"
);
uuid_id!(
    /// One hold that stops erasure.
    HoldId,
    "hold id"
);
uuid_id!(
    /// One proposal about the class of a field.
    ProposalId,
    "proposal id"
);
slug_id!(
    /// One store of resident records, such as `utility-billing`.
    StoreId,
    "store id"
);
slug_id!(
    /// One registered city application.
    ClientId,
    "client id"
);

slug_id!(
    /// One court of the registry, such as `nm-d3`.
    CourtId,
    "court id"
);

/// Whether `text` is 1 to 64 of `a-z`, `0-9` and `-`, not beginning with a hyphen.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(allowed)
}
