//! The record of everything, on both databases: what may be written, what may never be changed, what comes back.

mod guards;
mod rights;
mod round_trips;
mod schema;
mod sealed;
mod settings;
mod transactions;

use zaguan::storage::audit::{self, BatchRow, EntryRow, NodeRow};
use zaguan::storage::{Store, StoreError, WriteTx};

/// Runs a change in a transaction of its own.
fn write<T>(store: &Store, change: impl FnOnce(&mut WriteTx<'_>) -> Result<T, StoreError>) -> T {
    let mut conn = store.open_writer().unwrap();
    let mut tx = conn.begin().unwrap();
    let result = change(&mut tx).unwrap();
    tx.commit().unwrap();
    result
}

/// An entry with every column filled, unlike any other.
fn entry(seq: u8) -> EntryRow {
    EntryRow {
        seq: i64::from(seq),
        leaf: vec![seq; 32],
        nonce: vec![seq ^ 0xff; 32],
        record: format!("{{\"n\":{seq}}}").into_bytes(),
        id: format!("id-{seq}"),
        at: 1_000 + i64::from(seq),
        kind: "decision".to_owned(),
        actor: "billing".to_owned(),
        store: Some("library".to_owned()),
        requester_kind: Some("court".to_owned()),
        agency: Some("A".to_owned()),
        purpose: Some("audit".to_owned()),
        outcome: Some("denied".to_owned()),
    }
}

fn node(level: i64, idx: i64) -> NodeRow {
    NodeRow { level, idx, hash: vec![7; 32] }
}

fn batch(first_seq: i64, size_after: i64) -> BatchRow {
    BatchRow { first_seq, size_after, root: vec![1; 32], frontier: vec![2; 32], instance: "one".to_owned(), at: 5 }
}

/// Three entries in two batches, two nodes, a checkpoint with a cosignature.
fn fill(store: &Store) {
    write(store, |tx| {
        audit::append_entries(tx, &[entry(0), entry(1)])?;
        audit::append_batch(tx, &batch(0, 2))?;
        audit::append_entries(tx, &[entry(2)])?;
        audit::append_batch(tx, &batch(2, 3))?;
        audit::append_nodes(tx, &[node(1, 0), node(1, 1)])?;
        audit::insert_checkpoint(tx, 3, "a note", 9)
    });
}
