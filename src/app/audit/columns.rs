//! The columns beside a record are only indexes: what they say must be what the record says.

use chrono::DateTime;

use crate::domain::record::{Members, Spelled};
use crate::storage::audit::EntryRow;

/// Compares every column of an entry with its record.
pub(super) fn check_columns(entry: &EntryRow, record: &Members<'_>) -> Result<(), String> {
    let told = Told::by(record);
    let columns = [
        ("id", Some(entry.id.as_str()), told.id),
        ("kind", Some(entry.kind.as_str()), told.kind),
        // Decisions name their caller `client`, every other event its `actor`.
        ("actor", Some(entry.actor.as_str()), told.client.or(told.actor)),
        ("store", entry.store.as_deref(), told.store),
        ("requester_kind", entry.requester_kind.as_deref(), told.requester_kind),
        ("agency", entry.agency.as_deref(), told.agency),
        ("purpose", entry.purpose.as_deref(), told.purpose),
        ("outcome", entry.outcome.as_deref(), told.outcome),
    ];
    if let Some((column, ..)) = columns.iter().find(|(_, stored, told)| !is_same(*stored, *told)) {
        return Err(format!("its column `{column}` is not what its record says"));
    }
    let at = told.at.and_then(|at| DateTime::parse_from_rfc3339(at.word()?).ok());
    if at.map(|at| at.timestamp_micros()) != Some(entry.at) {
        return Err("its column `at` is not what its record says".to_owned());
    }
    Ok(())
}

fn is_same(stored: Option<&str>, told: Option<Spelled<'_>>) -> bool {
    stored == told.and_then(Spelled::text).as_deref()
}

/// The members that have a column.
#[derive(Default)]
struct Told<'a> {
    actor: Option<Spelled<'a>>,
    agency: Option<Spelled<'a>>,
    at: Option<Spelled<'a>>,
    client: Option<Spelled<'a>>,
    id: Option<Spelled<'a>>,
    kind: Option<Spelled<'a>>,
    outcome: Option<Spelled<'a>>,
    purpose: Option<Spelled<'a>>,
    requester_kind: Option<Spelled<'a>>,
    store: Option<Spelled<'a>>,
}

impl<'a> Told<'a> {
    fn by(record: &Members<'a>) -> Self {
        let mut told = Self::default();
        for (name, value) in record.iter() {
            let member = match name {
                "actor" => &mut told.actor,
                "agency" => &mut told.agency,
                "at" => &mut told.at,
                "client" => &mut told.client,
                "id" => &mut told.id,
                "kind" => &mut told.kind,
                "outcome" => &mut told.outcome,
                "purpose" => &mut told.purpose,
                "requester_kind" => &mut told.requester_kind,
                "store" => &mut told.store,
                _ => continue,
            };
            *member = Some(value);
        }
        told
    }
}
