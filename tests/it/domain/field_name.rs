//! Names of fields: one normalised form, and what is refused.

use proptest::prelude::*;
use zaguan::domain::field::{FieldName, FieldNameError};

use super::scene::field;

fn normalised(name: &str) -> String {
    field(name).normalised().to_owned()
}

#[test]
fn letter_case_does_not_matter() {
    assert_eq!(field("Service_ADDRESS"), field("service_address"));
    assert_eq!(field("DIRECCIÓN"), field("dirección"));
    assert_eq!(field("Service_ADDRESS").as_asked(), "Service_ADDRESS");
}

#[test]
fn compatibility_forms_are_brought_together() {
    // Full width, a ligature, a composed and a decomposed accent, and the Kelvin sign.
    assert_eq!(field("ｈｏｍｅ＿ａｄｄｒｅｓｓ"), field("home_address"));
    assert_eq!(field("oﬃce"), field("office"));
    assert_eq!(field("direccio\u{301}n"), field("direcci\u{f3}n"));
    assert_eq!(field("\u{212A}wh"), field("kwh"));
    assert_eq!(field("ｘ．ｙ"), field("x.y"));
}

#[test]
fn letters_that_differ_stay_different() {
    // Folding is the same in every locale: the Turkish dotless ı is no i, and a capital I is.
    assert_ne!(field("ssn_ıd"), field("ssn_id"));
    assert_eq!(field("SSN_ID"), field("ssn_id"));
    assert_ne!(field("İd"), field("id"));
    assert_ne!(field("direccion"), field("dirección"));
    // A Cyrillic а looks like a Latin one; it names no field of the catalogue.
    assert_ne!(field("home_\u{430}ddress"), field("home_address"));
    assert_ne!(field("homeaddress"), field("home_address"));
}

#[test]
fn array_indexes_are_dropped() {
    for name in ["phones[0].number", "phones.0.number", "phones.number", "phones[0][12].number", "phones.[3].number"] {
        assert_eq!(normalised(name), "phones.number", "{name}");
    }
    assert_eq!(normalised("phones[0]"), "phones");
    assert_eq!(normalised("phones.７.number"), "phones.number");
    assert_eq!(normalised("line2"), "line2");
    assert_eq!(normalised("2fa.code"), "2fa.code");
}

#[test]
fn only_a_number_in_brackets_is_an_index() {
    for name in ["phones[a].number", "phones[].number", "phones[-1].number", "phones[*].number"] {
        assert_eq!(normalised(name), name);
    }
    assert_ne!(field("a[0]b"), field("ab"));
}

#[test]
fn malformed_names_are_refused() {
    let long = "x".repeat(201);
    let deep = ["x"; 17].join(".");
    let refused = [
        ("", FieldNameError::Empty),
        (long.as_str(), FieldNameError::TooLong),
        (deep.as_str(), FieldNameError::TooManySegments),
        ("a..b", FieldNameError::EmptySegment),
        (".a", FieldNameError::EmptySegment),
        ("a.", FieldNameError::EmptySegment),
        ("a\u{2025}b", FieldNameError::EmptySegment),
        (" a", FieldNameError::SurroundingWhiteSpace),
        ("a\u{a0}", FieldNameError::SurroundingWhiteSpace),
        ("a. b", FieldNameError::SurroundingWhiteSpace),
        ("a [0].b", FieldNameError::SurroundingWhiteSpace),
        ("a\0b", FieldNameError::ControlCharacter),
        ("a\nb", FieldNameError::ControlCharacter),
        ("home\u{200b}_address", FieldNameError::InvisibleCharacter),
        ("home\u{202e}_address", FieldNameError::InvisibleCharacter),
        ("0", FieldNameError::OnlyIndexes),
        ("[0].1", FieldNameError::OnlyIndexes),
    ];
    for (name, error) in refused {
        assert_eq!(FieldName::new(name).map(|name| name.to_string()), Err(error), "{name:?}");
    }
}

#[test]
fn the_limits_themselves_are_accepted() {
    assert!(FieldName::new("x".repeat(200)).is_ok());
    assert!(FieldName::new("ñ".repeat(200)).is_ok());
    assert!(FieldName::new(["x"; 16].join(".")).is_ok());
    // One ligature that normalises to eighteen letters must not slip past the limit.
    assert_eq!(FieldName::new("\u{FDFA}".repeat(20)), Err(FieldNameError::TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_twice_changes_nothing(text in "\\PC{1,30}|[a-zA-ZİıſΣßéﬃ.0-9\\[\\]*]{1,20}") {
        if let Ok(name) = FieldName::new(text.clone()) {
            prop_assert_eq!(normalised(name.normalised()), name.normalised());
            prop_assert_eq!(name.as_asked(), text);
        }
    }
}
