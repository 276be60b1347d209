//! RFC 8785 (JSON Canonicalization Scheme) for the little JSON that records use: no fractions, ASCII keys.

use serde::Serialize;
use serde_json::Value;

/// Bytes that are not the canonical form of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// Not JSON at all.
    #[error("not JSON")]
    Json,
    /// A null, a fraction, an integer from 2^53 on, or a key that is not ASCII.
    #[error("a value or key that records do not use")]
    Restricted,
    /// Right values in another spelling: order of keys, spaces, escapes.
    #[error("not in canonical spelling")]
    Spelling,
}

/// Integers from here on lose precision in other people's JSON readers.
pub(super) const INTEGER_LIMIT: u64 = 1 << 53;

/// The canonical bytes of a value whose keys may stand in any order.
///
/// # Errors
/// [`NotCanonical`] when the value holds what records do not use.
pub fn canonical(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|_| NotCanonical::Json)?;
    check(&value)?;
    // serde_json's own map is sorted by bytes, which for ASCII keys is the order RFC 8785 asks for.
    serde_json::to_vec(&value).map_err(|_| NotCanonical::Json)
}

fn check(value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::String(_) | Value::Bool(_) => Ok(()),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(n), _) if n < INTEGER_LIMIT => Ok(()),
            (None, Some(n)) if n.unsigned_abs() < INTEGER_LIMIT => Ok(()),
            _ => Err(NotCanonical::Restricted),
        },
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(members) => members
            .iter()
            .try_for_each(|(key, value)| if key.is_ascii() { check(value) } else { Err(NotCanonical::Restricted) }),
        Value::Null => Err(NotCanonical::Restricted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_strings_escaped_as_rfc_8785_asks() {
        let value = json!({"b": "\u{8}\u{c}\n\r\t\"\\\u{1f}/é€", "a": [true, 7, -1], "B": {}});
        let text = "{\"B\":{},\"a\":[true,7,-1],\"b\":\"\\b\\f\\n\\r\\t\\\"\\\\\\u001f/é€\"}";
        assert_eq!(String::from_utf8(canonical(&value).unwrap()).unwrap(), text);
    }

    #[test]
    fn what_records_do_not_use_is_refused() {
        for value in [json!(null), json!(1.5), json!({"ñ": 1}), json!([{"a": null}]), json!(9_007_199_254_740_992_u64)]
        {
            assert_eq!(canonical(&value), Err(NotCanonical::Restricted), "{value}");
        }
        assert!(canonical(&json!(9_007_199_254_740_991_u64)).is_ok());
    }
}
