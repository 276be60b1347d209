//! The words of a closed set: one spelling for JSON, TOML, the database and the log.
//!
//! The enums themselves are written out where they belong, so that a reader can jump to them; this macro only adds the
//! boilerplate around their words. Must never grow a fallback: a word outside the set is an error, not a guess.

/// A word that does not belong to a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {set} `{word}`")]
pub struct UnknownWord {
    /// What was expected, for a person: `requester kind`, `field class`.
    pub set: &'static str,
    /// The word that was found, cut to 64 characters and without control characters.
    pub word: String,
}

impl UnknownWord {
    /// Remembers a short, printable form of `word`.
    #[must_use]
    pub fn new(set: &'static str, word: &str) -> Self {
        let word = word.chars().filter(|c| !c.is_control()).take(64).collect();
        Self { set, word }
    }
}

/// Adds `ALL`, `as_str`, `Display`, `FromStr` and serde to an enum without payloads.
macro_rules! closed_set {
    ($set:ident, $what:literal, { $($member:ident => $word:literal),+ $(,)? }) => {
        impl $set {
            /// Every member, in the order of the source.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$member),+];

            /// The one spelling used in JSON, TOML, the database and the log.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word),+
                }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $set {
            type Err = $crate::domain::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$member),)+
                    _ => Err($crate::domain::UnknownWord::new($what, word)),
                }
            }
        }

        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $set {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use closed_set;
