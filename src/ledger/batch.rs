//! One batch, from the open transaction to rows that are ready to commit.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::entries::Beside;
use super::facts::{Facts, KeysInUse, Needs, Snapshot};
use super::head::UnsignedHead;
use super::job::{Bench, Job, Turn};
use super::probe::{Probe, Step};
use super::{Entries, Head, LedgerError};
use crate::domain::record::{Draft, cut, entry_bytes};
use crate::domain::report::{Counter, Tally};
use crate::storage::audit::{self, BatchRow, EntryRow, NodeRow, ResidentRow};
use crate::storage::{StoreError, WriteTx, idempotency, legal_bases, referrals, state, unknown_fields};
use crate::tlog::{Frontier, Hash, Signer, leaf_hash};

/// What stays the same from batch to batch.
pub(super) struct Rules<'a> {
    pub(super) signer: &'a Signer,
    pub(super) keys: &'a KeysInUse,
    /// The epoch that this process serves.
    pub(super) epoch: u32,
    pub(super) instance: &'a str,
    pub(super) probe: &'a dyn Probe,
}

/// What a batch has made, waiting for its commit.
pub(super) struct Prepared {
    pub(super) head: UnsignedHead,
    pub(super) snapshot: Arc<Snapshot>,
    /// `None` when nothing was appended: then there is no batch row either.
    pub(super) row: Option<BatchRow>,
    pub(super) appended: u64,
}

/// Runs all jobs inside the transaction and writes their rows.
pub(super) fn prepare(
    tx: &mut WriteTx<'_>,
    jobs: &mut [Box<dyn Job>],
    head: UnsignedHead,
    signed: &Head,
    snapshot: Option<Arc<Snapshot>>,
    now: DateTime<Utc>,
    rules: &Rules<'_>,
) -> Result<Prepared, LedgerError> {
    let now = not_before(cut(now), head.at);
    let mut snapshot = current(tx, snapshot)?;
    let mut entries = Entries::new(head.frontier.size());
    let mut has_changed = false;
    for job in jobs.iter_mut().filter(|job| job.is_change()) {
        has_changed = true;
        job.change(&mut Turn { tx, now, entries: &mut entries, head: signed, signer: rules.signer })?;
    }
    if has_changed {
        snapshot = current(tx, Some(snapshot))?;
    }
    if !rules.keys.are_in_force(&snapshot) {
        return Err(LedgerError::ForeignKey);
    }
    if snapshot.epoch != rules.epoch {
        return Err(LedgerError::ForeignEpoch);
    }
    let mut needs = Needs::default();
    for job in jobs.iter() {
        job.needs(&mut needs);
    }
    let mut facts = Facts::load(tx.conn(), &needs, now.timestamp_micros())?;
    rules.probe.reached(Step::FactsLoaded)?;
    for job in jobs.iter_mut() {
        job.judge(&mut Bench { now, snapshot: &snapshot, facts: &mut facts, entries: &mut entries });
    }
    rules.probe.reached(Step::Judged)?;
    write(tx, head, snapshot, entries, &facts, now, rules)
}

/// Time never runs backwards in the log, whatever the machine's clock does.
fn not_before(now: DateTime<Utc>, last: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(last).map_or(now, |last| now.max(last))
}

fn current(tx: &mut WriteTx<'_>, cached: Option<Arc<Snapshot>>) -> Result<Arc<Snapshot>, StoreError> {
    if let Some(cached) = cached
        && state::load(tx.conn())?.revision == cached.revision
    {
        return Ok(cached);
    }
    Ok(Arc::new(Snapshot::load(tx.conn())?))
}

fn write(
    tx: &mut WriteTx<'_>,
    head: UnsignedHead,
    snapshot: Arc<Snapshot>,
    entries: Entries,
    facts: &Facts,
    now: DateTime<Utc>,
    rules: &Rules<'_>,
) -> Result<Prepared, LedgerError> {
    let first = entries.first_index();
    let at = now.timestamp_micros();
    let (drafts, beside) = entries.into_parts();
    let appended = drafts.len() as u64;
    let UnsignedHead { mut frontier, at: last_at } = head;
    if drafts.is_empty() {
        let head = UnsignedHead { frontier, at: last_at };
        return Ok(Prepared { head, snapshot, row: None, appended });
    }
    let rows = Rows::of(drafts, first, &mut frontier)?;
    let row = BatchRow {
        first_seq: position(first)?,
        size_after: position(frontier.size())?,
        root: frontier.root().as_bytes().to_vec(),
        frontier: frontier.to_bytes(),
        instance: rules.instance.to_owned(),
        at,
    };
    let Rows { entries, residents, nodes, tally } = &rows;
    audit::append(tx, &audit::Commit { entries, residents, nodes, batch: &row, tally })?;
    rules.probe.reached(Step::Appended)?;
    write_side_effects(tx, facts, beside, at)?;
    rules.probe.reached(Step::Written)?;
    Ok(Prepared { head: UnsignedHead { frontier, at }, snapshot, row: Some(row), appended })
}

fn write_side_effects(tx: &mut WriteTx<'_>, facts: &Facts, beside: Beside, at: i64) -> Result<(), StoreError> {
    for (basis, uses) in facts.used() {
        legal_bases::set_uses(tx, basis, uses)?;
    }
    for (basis, index) in facts.rests() {
        legal_bases::insert_use(tx, *basis, position(*index)?)?;
    }
    let keys = facts.new_keys().iter().map(|(client, key, answer, expires_at)| {
        Ok(idempotency::IdempotencyRow {
            client: client.to_string(),
            key: key.clone(),
            item: answer.item,
            body: answer.body.to_vec(),
            seq: position(answer.index)?,
            expires_at: *expires_at,
        })
    });
    idempotency::insert(tx, &keys.collect::<Result<Vec<_>, StoreError>>()?, at)?;
    for ((store, field), times) in beside.unknown {
        unknown_fields::count(tx, &store, &field, times, at)?;
    }
    let referrals = beside.referrals.into_iter().map(|(kind, index)| Ok((kind, position(index)?)));
    referrals::insert(tx, &referrals.collect::<Result<Vec<_>, StoreError>>()?)?;
    Ok(())
}

struct Rows {
    entries: Vec<EntryRow>,
    residents: Vec<ResidentRow>,
    nodes: Vec<NodeRow>,
    /// What the entries add to the tallies, counted once for the whole batch.
    tally: Tally,
}

impl Rows {
    /// Gives each draft its position and its leaf, and grows the tree.
    fn of(drafts: Vec<Draft>, first: u64, frontier: &mut Frontier) -> Result<Self, StoreError> {
        let entries = Vec::with_capacity(drafts.len());
        let mut rows = Self { entries, residents: Vec::new(), nodes: Vec::new(), tally: Tally::default() };
        for (draft, index) in drafts.into_iter().zip(first..) {
            let leaf = leaf_hash(&entry_bytes(&draft.nonce, &draft.record));
            let nodes = &mut rows.nodes;
            frontier.append(leaf, &mut |level, index, hash| nodes.extend(node_row(level, index, hash)));
            rows.push(draft, position(index)?, leaf);
        }
        rows.tally = Counter::sum(rows.entries.iter().map(|entry| &entry.record));
        Ok(rows)
    }

    fn push(&mut self, draft: Draft, seq: i64, leaf: Hash) {
        if let Some(link) = draft.resident {
            self.residents.push(ResidentRow {
                seq,
                salt: link.salt.to_vec(),
                resident_index: link.index.as_bytes().to_vec(),
                sealed: link.sealed,
            });
        }
        self.entries.push(EntryRow {
            seq,
            leaf: leaf.as_bytes().to_vec(),
            nonce: draft.nonce.to_vec(),
            record: draft.record,
            id: draft.id.to_string(),
            at: draft.at.timestamp_micros(),
            kind: draft.kind.to_string(),
            actor: draft.actor,
            store: draft.store.map(|store| store.to_string()),
            requester_kind: draft.requester_kind.map(|kind| kind.to_string()),
            agency: draft.agency.map(|agency| agency.as_str().to_owned()),
            purpose: draft.purpose.map(|purpose| purpose.to_string()),
            outcome: draft.outcome.map(|outcome| outcome.to_string()),
        });
    }
}

/// Only every eighth level is kept: one row per 255 entries, and any tile is a range read.
fn node_row(level: u32, index: u64, hash: Hash) -> Option<NodeRow> {
    if level == 0 || !level.is_multiple_of(8) {
        return None;
    }
    let idx = i64::try_from(index).ok()?;
    Some(NodeRow { level: i64::from(level / 8), idx, hash: hash.as_bytes().to_vec() })
}

fn position(index: u64) -> Result<i64, StoreError> {
    i64::try_from(index).map_err(|_| StoreError::Corrupt("a log of more than 2^63 entries"))
}
