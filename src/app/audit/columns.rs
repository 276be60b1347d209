//! The columns beside a record are only indexes: what they say must be what the record says.

use chrono::DateTime;
use serde_json::Value;

use crate::domain::record::demand_canonical;
use crate::storage::audit::EntryRow;

/// Compares every column of an entry with its record.
pub(super) fn check_columns(entry: &EntryRow) -> Result<(), String> {
    let record = demand_canonical(&entry.record).map_err(|error| format!("its record is {error}"))?;
    let text = |key: &str| record.get(key).and_then(Value::as_str);
    // Decisions name their caller `client`, every other event its `actor`.
    let actor = text("client").or_else(|| text("actor"));
    let columns = [
        ("id", Some(entry.id.as_str()), text("id")),
        ("kind", Some(entry.kind.as_str()), text("kind")),
        ("actor", Some(entry.actor.as_str()), actor),
        ("store", entry.store.as_deref(), text("store")),
        ("requester_kind", entry.requester_kind.as_deref(), text("requester_kind")),
        ("agency", entry.agency.as_deref(), text("agency")),
        ("purpose", entry.purpose.as_deref(), text("purpose")),
        ("outcome", entry.outcome.as_deref(), text("outcome")),
    ];
    if let Some((column, ..)) = columns.into_iter().find(|(_, stored, recorded)| stored != recorded) {
        return Err(format!("its column `{column}` is not what its record says"));
    }
    let at = text("at").and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    if at.map(|at| at.timestamp_micros()) != Some(entry.at) {
        return Err("its column `at` is not what its record says".to_owned());
    }
    Ok(())
}
