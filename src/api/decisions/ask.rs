//! The body of a request for a decision, and its way to a valid [`Request`].

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};

use crate::app::decisions::{Details, Request, Requester};
use crate::config::Limits;
use crate::domain::field::FieldName;
use crate::domain::{Agency, LegalBasisId, Purpose, RequesterKind, ResidentId, StoreId};
use crate::http::body::Object;
use crate::http::{Problem, body};

/// Reads one request; `at` is where it stands in a larger body, as a JSON pointer.
pub(super) fn parse(json: &[u8], at: &str, limits: &Limits) -> Result<Request, Problem> {
    let ask: AskRequest = body::parse(json, at)?;
    ask.into_request(at, limits)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskRequest {
    store: Word<StoreId>,
    resident: Resident,
    fields: Fields,
    requester: Object<RequesterRequest>,
    #[serde(default = "not_stated")]
    purpose: PurposeWord,
    #[serde(default)]
    legal_bases: Vec<Word<LegalBasisId>>,
    #[serde(default)]
    justification: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequesterRequest {
    kind: Word<RequesterKind>,
    #[serde(default)]
    agency: Option<AgencyText>,
    #[serde(default)]
    name: Option<Text>,
    #[serde(default)]
    reference: Option<Text>,
}

impl AskRequest {
    fn into_request(self, at: &str, limits: &Limits) -> Result<Request, Problem> {
        let wrong = |member: &str, detail: String| Err(Problem::member(format!("{at}/{member}"), detail));
        if self.fields.0.is_empty() || self.fields.0.len() > limits.fields {
            return wrong("fields", format!("expected 1 to {} fields", limits.fields));
        }
        if self.legal_bases.len() > limits.legal_bases {
            return wrong("legal_bases", format!("expected at most {} legal bases", limits.legal_bases));
        }
        let mut seen = HashSet::new();
        if self.legal_bases.iter().any(|id| !seen.insert(id.0)) {
            return wrong("legal_bases", "expected each legal basis once".to_owned());
        }
        let texts = [
            ("justification", &self.justification),
            ("requester/name", &self.requester.0.name),
            ("requester/reference", &self.requester.0.reference),
        ];
        for (member, text) in texts {
            if text.as_ref().is_some_and(|text| text.0.chars().count() > limits.text_chars) {
                return wrong(member, format!("expected at most {} characters", limits.text_chars));
            }
        }
        let Object(requester) = self.requester;
        Ok(Request {
            store: self.store.0,
            resident: self.resident.0,
            fields: self.fields.0,
            requester: Requester { kind: requester.kind.0, agency: requester.agency.map(|agency| agency.0) },
            purpose: self.purpose.0,
            legal_bases: self.legal_bases.into_iter().map(|id| id.0).collect(),
            details: Details {
                justification: self.justification.map(|text| text.0),
                name: requester.name.map(|text| text.0),
                reference: requester.reference.map(|text| text.0),
            },
        })
    }
}

fn not_stated() -> PurposeWord {
    PurposeWord(Purpose::NotStated)
}

/// A word that must be right: an unknown store, kind or basis id is an error, and the error says what was expected.
struct Word<T>(T);

/// What is expected where a `T` stands.
trait Expected: std::str::FromStr {
    fn expected() -> String;
}

impl Expected for StoreId {
    fn expected() -> String {
        "the id of a record store: 1 to 64 of a-z, 0-9 and -".to_owned()
    }
}

impl Expected for LegalBasisId {
    fn expected() -> String {
        "the id of a legal basis: a UUID".to_owned()
    }
}

impl Expected for RequesterKind {
    fn expected() -> String {
        let words: Vec<&str> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("one of {}", words.join(", "))
    }
}

impl<'de, T: Expected> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordVisitor<T>(PhantomData<T>);
        impl<T: Expected> Visitor<'_> for WordVisitor<T> {
            type Value = Word<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&T::expected())
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Word<T>, E> {
                word.parse().map(Word).map_err(|_| E::custom(format_args!("expected {}", T::expected())))
            }
        }
        deserializer.deserialize_str(WordVisitor(PhantomData))
    }
}

/// An unknown purpose is no error: it is judged like one that was not stated, which is the strictest.
#[derive(Clone, Copy)]
struct PurposeWord(Purpose);

/// Text that went through a check of its own.
macro_rules! checked_text {
    ($name:ident($inner:ty), $expected:literal, $check:expr) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct TextVisitor;
                impl Visitor<'_> for TextVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        let check: fn(&str) -> Result<$inner, String> = $check;
                        check(text).map($name).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(TextVisitor)
            }
        }
    };
}

struct Resident(ResidentId);
checked_text!(Resident(ResidentId), "the resident's id in this store, as a string", |text| {
    ResidentId::new(text).map_err(|error| error.to_string())
});

struct AgencyText(Agency);
checked_text!(AgencyText(Agency), "the agency's name, as a string", |text| {
    Agency::new(text).map_err(|error| error.to_string())
});

checked_text!(PurposeWord(Purpose), "a purpose, as a string", |text| Ok(Purpose::from_request(text)));

struct FieldText(FieldName);
checked_text!(FieldText(FieldName), "a field's name, as a string", |text| {
    FieldName::new(text).map_err(|error| error.to_string())
});

/// Free text: anything but control characters, save line breaks and tabs.
struct Text(String);
checked_text!(Text(String), "text, as a string", |text| {
    let is_allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    if text.chars().all(is_allowed) {
        Ok(text.to_owned())
    } else {
        Err("expected text without control characters".to_owned())
    }
});

/// The fields, refused early when there are absurdly many.
struct Fields(Vec<FieldName>);

const MOST_FIELDS: usize = 10_000;

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of field names")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some(FieldText(name)) = list.next_element()? {
                    if fields.len() == MOST_FIELDS {
                        return Err(A::Error::custom("expected fewer fields"));
                    }
                    fields.push(name);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_seq(FieldsVisitor)
    }
}
