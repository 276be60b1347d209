//! What the record of a decision says of each field.

use super::Spelled;

/// One field. Words only: whatever holds an escape is none of ours.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct FieldWords<'a> {
    /// Its class.
    pub class: &'a str,
    /// The legal basis that permitted it.
    pub legal_basis: Option<&'a str>,
    /// Why it was permitted or denied.
    pub reason: &'a str,
}

impl<'a> FieldWords<'a> {
    pub(super) fn read(value: Spelled<'a>) -> Self {
        let mut field = Self::default();
        value.each_member(|key, value| match key {
            "class" => field.class = value.word().unwrap_or_default(),
            "legal_basis" => field.legal_basis = value.word(),
            "reason" => field.reason = value.word().unwrap_or_default(),
            _ => {}
        });
        field
    }
}
