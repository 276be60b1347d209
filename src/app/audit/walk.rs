//! The walk over entries, nodes and batches, stretch by stretch.

use std::collections::VecDeque;

use super::stretch::{Stretch, position};
use super::{VerifiedState, VerifyError};
use crate::domain::report::Tally;
use crate::ledger::UnsignedHead;
use crate::storage::AnyConnection;
use crate::storage::audit::{self, BatchRow, NodeRow};
use crate::tlog::{Frontier, Hash};

/// Batches that are read at once.
const PAGE: i64 = 1_000;

/// A walk in progress: what the rows up to here amount to.
pub(super) struct Walk {
    frontier: Frontier,
    /// The batch rows ahead.
    batches: VecDeque<BatchRow>,
    batches_done: u64,
    next_batch: i64,
    /// What the records up to here add up to.
    tally: Tally,
    links: u64,
}

impl Walk {
    pub(super) fn new() -> Self {
        Self {
            frontier: Frontier::empty(),
            batches: VecDeque::new(),
            batches_done: 0,
            next_batch: 0,
            tally: Tally::default(),
            links: 0,
        }
    }

    /// A walk that goes on from what was verified before, if the log still is what it was then.
    pub(super) fn since(conn: &mut AnyConnection, since: &VerifiedState, size: u64) -> Result<Self, VerifyError> {
        let next_batch = position(since.entries);
        let bad = |what: &str| VerifyError::row("audit_batch", next_batch, what);
        if since.entries > size {
            return Err(bad(&format!("{} entries were verified, and the log has {size}", since.entries)));
        }
        let last = audit::find_batch_before(conn, next_batch)?.filter(|row| row.size_after == next_batch);
        let head = last.as_ref().map(UnsignedHead::of).transpose()?;
        let frontier = head.map_or_else(Frontier::empty, |head| head.frontier);
        if frontier.size() != since.entries || frontier.root() != since.root {
            return Err(bad("the entries before it are not those that were verified"));
        }
        Ok(Self { frontier, next_batch, ..Self::new() })
    }

    pub(super) fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(super) fn root(&self) -> Hash {
        self.frontier.root()
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Links to residents that were opened.
    pub(super) fn links(&self) -> u64 {
        self.links
    }

    pub(super) fn batches(&self) -> u64 {
        self.batches_done
    }

    /// Goes on with the next stretch of entries, as far as it is sound.
    pub(super) fn go_on(&mut self, conn: &mut AnyConnection, stretch: Stretch) -> Result<(), VerifyError> {
        let mut nodes = Vec::new();
        for (leaf, at) in stretch.leaves {
            self.frontier.append(leaf, &mut |level, index, hash| {
                if level > 0 && level.is_multiple_of(8) {
                    let idx = position(index);
                    nodes.push(NodeRow { level: i64::from(level / 8), idx, hash: hash.as_bytes().to_vec() });
                }
            });
            self.check_batch(conn, at)?;
        }
        self.tally.absorb(&stretch.tally);
        self.links += stretch.links;
        check_nodes(conn, &nodes)?;
        stretch.fault.map_or(Ok(()), Err)
    }

    /// Checks that nothing stands before, between or beyond what was walked.
    pub(super) fn check_surplus(&self, conn: &mut AnyConnection, size: u64) -> Result<(), VerifyError> {
        if self.next_batch != position(size) {
            return Err(VerifyError::row("audit_batch", self.next_batch, "it does not end where the next one begins"));
        }
        if let Some(first) = audit::list_entries(conn, i64::MIN, 1)?.first().filter(|first| first.seq < 0) {
            return Err(VerifyError::row("audit_entry", first.seq, "it stands before the first entry"));
        }
        if let Some(first) = audit::list_batches(conn, i64::MIN, 1)?.first().filter(|first| first.first_seq < 0) {
            return Err(VerifyError::row("audit_batch", first.first_seq, "it stands before the first batch"));
        }
        // What is appended while we look has a batch of its own by the time we look again.
        let last = newest(conn)?;
        if let Some(surplus) = audit::list_entries(conn, last, 1)?.first()
            && surplus.seq >= newest(conn)?
        {
            return Err(VerifyError::row("audit_entry", surplus.seq, "no batch accounts for it"));
        }
        let counted = check_node_counts(conn, size);
        if newest(conn)? == position(size) { counted } else { Ok(()) }
    }

    /// If a batch ends with the entry that was appended last, at this instant, its row must say what the tree says.
    fn check_batch(&mut self, conn: &mut AnyConnection, at: i64) -> Result<(), VerifyError> {
        if self.batches.is_empty() {
            self.batches = audit::list_batches(conn, self.next_batch, PAGE)?.into();
        }
        let Some(batch) = self.batches.front() else {
            return Err(VerifyError::row("audit_batch", self.next_batch, "it is missing"));
        };
        let bad = |what: &str| VerifyError::row("audit_batch", batch.first_seq, what);
        if batch.first_seq < self.next_batch {
            return Err(bad("it begins before the one before it ends"));
        }
        if batch.first_seq != self.next_batch {
            return Err(VerifyError::row("audit_batch", self.next_batch, "it is missing"));
        }
        if batch.size_after > position(self.frontier.size()) {
            return Ok(());
        }
        if batch.root != self.frontier.root().as_bytes() {
            return Err(bad("its root is not the root of the entries"));
        }
        if batch.frontier != self.frontier.to_bytes() {
            return Err(bad("its frontier is not the frontier of the entries"));
        }
        if batch.at != at {
            return Err(bad("its instant is not that of its entries"));
        }
        // Which process wrote it follows from nothing: it can only be none that there could be.
        if uuid::Uuid::try_parse(&batch.instance).is_err() {
            return Err(bad("its process is none"));
        }
        self.next_batch = batch.size_after;
        self.batches_done += 1;
        self.batches.pop_front();
        Ok(())
    }
}

/// Entries that batches account for.
fn newest(conn: &mut AnyConnection) -> Result<i64, VerifyError> {
    Ok(audit::find_last_batch(conn)?.map_or(0, |row| row.size_after))
}

fn check_nodes(conn: &mut AnyConnection, nodes: &[NodeRow]) -> Result<(), VerifyError> {
    for node in nodes {
        let stored = audit::list_node_hashes(conn, node.level, node.idx, 1)?;
        if stored.first() != Some(&node.hash) {
            let key = format!("level {}, idx {}", node.level, node.idx);
            return Err(VerifyError::row("audit_node", key, "it is not the hash of the entries beneath"));
        }
    }
    Ok(())
}

/// Each level has as many nodes as the tree has complete subtrees of its size, and there is no other level.
fn check_node_counts(conn: &mut AnyConnection, size: u64) -> Result<(), VerifyError> {
    let stored = audit::count_nodes(conn)?;
    let levels = (1..8).chain(stored.keys().copied().filter(|level| !(1..8).contains(level)));
    for level in levels {
        let found = stored.get(&level).copied().unwrap_or_default();
        let bits = u32::try_from(level).ok().and_then(|level| level.checked_mul(8)).filter(|bits| *bits > 0);
        let complete = bits.and_then(|bits| size.checked_shr(bits)).unwrap_or(0);
        if found != position(complete) {
            let what = format!("there are {found} nodes on this level, and {complete} complete subtrees");
            return Err(VerifyError::row("audit_node", format!("level {level}"), what));
        }
    }
    Ok(())
}
