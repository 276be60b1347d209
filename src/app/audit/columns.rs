//! The columns beside a record are only indexes: what they say must be what the record says.

use chrono::DateTime;

use crate::domain::record::Members;
use crate::storage::audit::EntryRow;

/// Compares every column of an entry with its record.
pub(super) fn check_columns(entry: &EntryRow, record: &Members<'_>) -> Result<(), String> {
    // Decisions name their caller `client`, every other event its `actor`.
    let actor = record.text("client").or_else(|| record.text("actor"));
    let columns = [
        ("id", Some(entry.id.as_str()), record.text("id")),
        ("kind", Some(entry.kind.as_str()), record.text("kind")),
        ("actor", Some(entry.actor.as_str()), actor),
        ("store", entry.store.as_deref(), record.text("store")),
        ("requester_kind", entry.requester_kind.as_deref(), record.text("requester_kind")),
        ("agency", entry.agency.as_deref(), record.text("agency")),
        ("purpose", entry.purpose.as_deref(), record.text("purpose")),
        ("outcome", entry.outcome.as_deref(), record.text("outcome")),
    ];
    if let Some((column, ..)) = columns.iter().find(|(_, stored, recorded)| *stored != recorded.as_deref()) {
        return Err(format!("its column `{column}` is not what its record says"));
    }
    let at = record.text("at").and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
    if at.map(|at| at.timestamp_micros()) != Some(entry.at) {
        return Err("its column `at` is not what its record says".to_owned());
    }
    Ok(())
}
