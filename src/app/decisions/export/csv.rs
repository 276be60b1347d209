//! Decisions as RFC 4180: a row for each field that was asked for, with what is true of the whole decision beside it.
//!
//! Must never hand a spreadsheet something that it would carry out. Names of agencies and fields come from outside: a text
//! that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).

use super::Exported;
use crate::app::decisions::FieldRecord;

const COLUMNS: [&str; 18] = [
    "index",
    "id",
    "decided_at",
    "client",
    "store",
    "requester_kind",
    "agency",
    "purpose",
    "outcome",
    "field",
    "class",
    "effect",
    "reason",
    "legal_basis",
    "cited",
    "obligations",
    "resident_commitment",
    "policy_sha256",
];

/// The line of names.
pub(super) fn head() -> Vec<u8> {
    written([COLUMNS.map(str::to_owned)])
}

/// The rows of one decision.
pub(super) fn rows(exported: &Exported) -> Vec<u8> {
    written(exported.record.fields.iter().map(|field| row(exported, field)))
}

fn row(exported: &Exported, field: &FieldRecord) -> [String; 18] {
    let record = &exported.record;
    [
        exported.index.to_string(),
        record.id.to_string(),
        record.at.clone(),
        record.client.clone(),
        record.store.to_string(),
        record.requester_kind.to_string(),
        record.agency.as_ref().map(ToString::to_string).unwrap_or_default(),
        record.purpose.to_string(),
        record.outcome.to_string(),
        field.field.clone(),
        field.class.to_string(),
        field.effect.to_string(),
        field.reason.to_string(),
        field.legal_basis.map(|id| id.to_string()).unwrap_or_default(),
        spaced(&record.cited),
        spaced(&record.obligations),
        record.resident.clone(),
        record.policy.sha256.to_string(),
    ]
}

fn spaced<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn written(rows: impl IntoIterator<Item = [String; 18]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail.
        let _ = writer.write_record(row.map(harmless));
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet carries out.
fn harmless(text: String) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text }
}
