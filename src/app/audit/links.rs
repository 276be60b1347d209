//! The links from entries to residents. They may be erased, and then they are gone; one that is there must lead to the
//! resident whom the record commits to. Only the master key can tell: without it, that much is not checked.

use std::iter::Peekable;
use std::vec::IntoIter;

use uuid::Uuid;

use super::VerifyError;
use crate::app::decisions::OpenedLink;
use crate::domain::ResidentIndex;
use crate::domain::record::{Members, details_commitment, hex, resident_commitment};
use crate::domain::segment::{LENGTH, LinkMarks};
use crate::keys::{MasterKeys, ResidentIndexer, Sealer};
use crate::storage::audit::{self, EntryRow, ResidentRow};
use crate::storage::{AnyConnection, StoreError};

const LINKS: &str = "audit_resident";

/// What opens the links to residents.
#[derive(Debug, Clone)]
pub struct LinkKeys {
    /// What sealed them.
    pub sealer: Sealer,
    /// What made the indexes by which they are found.
    pub indexer: ResidentIndexer,
}

impl LinkKeys {
    /// Those of a ring of master keys.
    #[must_use]
    pub fn of(master: &MasterKeys) -> Self {
        Self { sealer: master.sealer(), indexer: master.resident_indexer() }
    }
}

/// The links of a stretch.
pub(super) struct Links {
    opened: u64,
    rows: Peekable<IntoIter<ResidentRow>>,
    marks: LinkMarks,
}

impl Links {
    pub(super) fn load(conn: &mut AnyConnection, first: i64, end: i64) -> Result<Self, StoreError> {
        let rows = audit::list_residents(conn, first, end)?;
        let mark = |row: &ResidentRow| {
            let place = usize::try_from(row.seq).unwrap_or_default() % LENGTH;
            Some((place, ResidentIndex::new(row.resident_index.as_slice().try_into().ok()?)))
        };
        let marks = LinkMarks::of(rows.iter().filter_map(mark));
        Ok(Self { opened: 0, rows: rows.into_iter().peekable(), marks })
    }

    /// How many were opened.
    pub(super) const fn opened(&self) -> u64 {
        self.opened
    }

    /// What a search must read of them.
    pub(super) fn marks(&self) -> &LinkMarks {
        &self.marks
    }

    /// Checks the link of an entry, if it has one. The entries are given in their order.
    pub(super) fn check(
        &mut self,
        entry: &EntryRow,
        record: &Members<'_>,
        keys: Option<&LinkKeys>,
    ) -> Result<(), VerifyError> {
        let Some(link) = self.rows.next_if(|link| link.seq == entry.seq) else { return Ok(()) };
        let bad = |what: &str| Err(VerifyError::row(LINKS, link.seq, what));
        let Some(resident) = record.text("resident") else { return bad("its entry is about no resident") };
        let Some(keys) = keys else { return Ok(()) };
        let Some(opened) = open(&link, entry, &keys.sealer) else { return bad("what is sealed does not open") };
        let (store, name) = (entry.store.as_deref().unwrap_or_default(), opened.resident.expose());
        let Ok(salt) = link.salt.as_slice().try_into() else { return bad("its salt is not 32 bytes") };
        if hex(&resident_commitment(salt, store, name)) != resident {
            return bad("its resident is not the one that the record commits to");
        }
        let details = opened.details.canonical().map(|details| hex(&details_commitment(salt, &details)));
        if details.as_deref() != record.text("details").as_deref() {
            return bad("its free text is not the one that the record commits to");
        }
        if !keys.indexer.indexes(store, name).iter().any(|index| index.as_slice() == link.resident_index) {
            return bad("its index is not that of its resident");
        }
        self.opened += 1;
        Ok(())
    }
}

fn open(link: &ResidentRow, entry: &EntryRow, sealer: &Sealer) -> Option<OpenedLink> {
    OpenedLink::open_with(sealer, Uuid::try_parse(&entry.id).ok()?, link).ok()
}

/// Names a link to an entry that is not there. Read before and after are the same: a link is appended with its entry.
pub(super) fn check_surplus(conn: &mut AnyConnection) -> Result<(), VerifyError> {
    match audit::find_stray_resident(conn)? {
        Some(seq) => Err(VerifyError::row(LINKS, seq, "there is no such entry")),
        None => Ok(()),
    }
}
