//! Reading records in one pass, against `serde_json` as the oracle: read, write canonically, compare.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zaguan::domain::record::{Members, NotCanonical, canonical};

/// What the one pass must say, told by building the value and writing it again.
fn is_canonical(bytes: &[u8]) -> bool {
    let value = serde_json::from_slice::<Value>(bytes).ok().filter(Value::is_object);
    value.and_then(|value| canonical(&value).ok()).is_some_and(|again| again == bytes)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..9_007_199_254_740_992).prop_map(Value::from),
        "[ -~\\x00-\\x1fé€\"\\\\/]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,3}", inner, 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn record() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map("[a-z_]{1,4}", value(), 0..6).prop_map(|members| members.into_iter().collect())
}

proptest! {
    #[test]
    fn every_canonical_record_is_read_and_its_texts_are_what_was_written(record in record()) {
        let bytes = canonical(&record).unwrap();
        let members = Members::read(&bytes).unwrap();
        for (key, value) in &record {
            let text = members.text(key);
            prop_assert_eq!(text.as_deref(), value.as_str());
        }
        prop_assert_eq!(members.text("no such member"), None);
    }

    #[test]
    fn of_bytes_that_were_tampered_with_none_passes_that_the_oracle_refuses(
        record in record(), at in any::<prop::sample::Index>(), byte in any::<u8>(), what in 0..3,
    ) {
        let mut bytes = canonical(&record).unwrap();
        let at = at.index(bytes.len());
        match what {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        prop_assert_eq!(Members::read(&bytes).is_ok(), is_canonical(&bytes), "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn another_spelling_of_the_same_value_is_refused() {
    for text in
        ["{\"a\": 1}", "{\"b\":1,\"a\":2}", "{\"a\":\"\\u0061\"}", "{\"a\":\"\\/\"}", "{\"a\":1,\"a\":1}", "{} ", " {}"]
    {
        let refused = Members::read(text.as_bytes());
        assert!(matches!(refused, Err(NotCanonical::Spelling | NotCanonical::Json)), "{text}: {refused:?}");
    }
}

#[test]
fn what_records_do_not_use_is_refused() {
    for text in ["{\"a\":null}", "{\"a\":1.5}", "{\"a\":[1e3]}", "{\"ñ\":1}", "{\"a\":9007199254740992}"] {
        assert_eq!(Members::read(text.as_bytes()), Err(NotCanonical::Restricted), "{text}");
    }
    for text in
        ["", "{", "[]", "true", "{}{}", "{\"a\":01}", "{\"a\":-0}", "{\"a\"}", "{\"a\":1,}", "{\"a\":\"\u{1}\"}"]
    {
        assert_eq!(Members::read(text.as_bytes()), Err(NotCanonical::Json), "{text}");
    }
    let deep = |levels: usize| ["{\"a\":", &"[".repeat(levels), &"]".repeat(levels), "}"].concat();
    assert!(Members::read(deep(100).as_bytes()).is_ok());
    assert_eq!(Members::read(deep(100_000).as_bytes()), Err(NotCanonical::Json));
}

#[test]
fn a_member_that_is_no_text_has_none() {
    let bytes = canonical(&json!({"a": 1, "b": ["x"], "c": {"d": "x"}, "d": "\"q\""})).unwrap();
    let members = Members::read(&bytes).unwrap();
    assert_eq!(
        ["a", "b", "c", "d"].map(|key| members.text(key).map(std::borrow::Cow::into_owned)),
        [None, None, None, Some("\"q\"".to_owned())]
    );
}
