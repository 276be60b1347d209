//! What the record of a decision says of each field.

use super::{Members, Spelled};

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
    /// The fields of a record; none when it is of no decision.
    #[must_use]
    pub fn list(record: &Members<'a>) -> Vec<Self> {
        let mut fields = Vec::new();
        if let Some(list) = record.get("fields") {
            list.each_item(|field| fields.push(Self::read(field)));
        }
        fields
    }

    fn read(value: Spelled<'a>) -> Self {
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
