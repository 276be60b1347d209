//! What a decision is judged by, read inside the transaction that will record it.

use std::collections::{HashMap, HashSet};

use crate::domain::client::Client;
use crate::domain::field::Catalog;
use crate::domain::legal_basis::LegalBasis;
use crate::domain::{ClientId, LegalBasisId, ResidentIndex};
use crate::storage::{AnyConnection, StoreError, audit, catalog, clients, idempotency, legal_bases, residents, state};

/// Clients, catalogue and flags at one revision. Small, shared, and read again only when the revision moves.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The revision in the database.
    pub revision: i64,
    /// The id of the master key in force; none before the first start.
    pub master_key: Option<String>,
    /// The verifier key of the log's key in force; none before the first start.
    pub log_key: Option<String>,
    /// The epoch of the log: 1 when none was ever opened.
    pub epoch: u32,
    /// Registered clients.
    pub clients: HashMap<ClientId, Client>,
    /// Every store's fields.
    pub catalog: Catalog,
    /// Participants of the Confidential Substitute Address program.
    pub confidential: HashSet<ResidentIndex>,
}

impl Snapshot {
    /// Reads everything anew.
    ///
    /// # Errors
    /// When the database fails or holds what this program cannot judge.
    pub fn load(conn: &mut AnyConnection) -> Result<Self, StoreError> {
        let state = state::load(conn)?;
        Ok(Self {
            revision: state.revision,
            master_key: state.master_key,
            log_key: state.log_key,
            epoch: u32::try_from(audit::list_openings(conn)?.len()).unwrap_or(u32::MAX).saturating_add(1),
            clients: clients::list(conn)?.into_iter().map(|client| (client.id.clone(), client)).collect(),
            catalog: catalog::load(conn)?,
            confidential: residents::list_confidential(conn)?,
        })
    }
}

/// The keys that a process uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysInUse {
    /// The id of the master key that it seals and indexes with.
    pub master_key: String,
    /// The ids of the older master keys that it can still open with.
    pub older_master_keys: Vec<String>,
    /// The verifier key of the key that it signs with.
    pub log_key: String,
    /// The verifier keys that signed before.
    pub older_log_keys: Vec<String>,
}

impl KeysInUse {
    /// Whether these are the keys in force. A process with an old key ring would compute other resident indexes, and miss
    /// flags and scopes; one with an old log key would sign what nobody expects.
    #[must_use]
    pub fn are_in_force(&self, snapshot: &Snapshot) -> bool {
        let is_ours = |in_force: &Option<String>, ours: &str| in_force.as_deref().is_none_or(|key| key == ours);
        is_ours(&snapshot.master_key, &self.master_key) && is_ours(&snapshot.log_key, &self.log_key)
    }

    /// Whether these keys may take the place of those in force: they know them as their older ones.
    #[must_use]
    pub fn may_take_over(&self, master_key: Option<&str>, log_key: Option<&str>) -> bool {
        let is_known = |in_force: Option<&str>, ours: &str, older: &[String]| {
            in_force.is_none_or(|key| key == ours || older.iter().any(|old| old == key))
        };
        is_known(master_key, &self.master_key, &self.older_master_keys)
            && is_known(log_key, &self.log_key, &self.older_log_keys)
    }
}

/// What the judgements of a batch want to know.
#[derive(Debug, Default)]
pub struct Needs {
    bases: HashSet<LegalBasisId>,
    keys: HashSet<(ClientId, String)>,
}

impl Needs {
    /// Asks for a cited legal basis.
    pub fn legal_basis(&mut self, id: LegalBasisId) {
        self.bases.insert(id);
    }

    /// Asks what a client's idempotency key stands for.
    pub fn idempotency_key(&mut self, client: &ClientId, key: &str) {
        self.keys.insert((client.clone(), key.to_owned()));
    }
}

/// What an idempotency key stands for: one item of an earlier request.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// The item of a batch, from 0.
    pub item: i64,
    /// SHA-256 of the request's body.
    pub body: [u8; 32],
    /// The entry's index.
    pub index: u64,
    /// The entry's record.
    pub record: Vec<u8>,
}

/// The facts of a batch, changed as its decisions change them.
#[derive(Debug, Default)]
pub struct Facts {
    /// The cited legal bases that exist.
    pub bases: HashMap<LegalBasisId, LegalBasis>,
    remembered: HashMap<(ClientId, String), Vec<Remembered>>,
    used: HashSet<LegalBasisId>,
    /// Which entry rests on which basis.
    rests: Vec<(LegalBasisId, u64)>,
    new_keys: Vec<(ClientId, String, Remembered, i64)>,
}

impl Facts {
    pub(super) fn load(conn: &mut AnyConnection, needs: &Needs, now: i64) -> Result<Self, StoreError> {
        let mut facts = Self::default();
        if !needs.bases.is_empty() {
            facts.bases = legal_bases::load(conn, &needs.bases)?;
        }
        if !needs.keys.is_empty() {
            let keys: Vec<_> = needs.keys.iter().map(|(client, key)| (client.to_string(), key.clone())).collect();
            for row in idempotency::list(conn, &keys, now)? {
                let client = row.client.parse().map_err(|_| StoreError::Corrupt("a client id"))?;
                let key = (client, row.key.clone());
                facts.remembered.entry(key).or_default().push(remembered(conn, row)?);
            }
        }
        Ok(facts)
    }

    /// What a key stands for, earlier requests of this batch included; empty when it is new.
    #[must_use]
    pub fn remembered(&self, client: &ClientId, key: &str) -> &[Remembered] {
        self.remembered.get(&(client.clone(), key.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Remembers an answer under a key until `expires_at` (microseconds since the epoch).
    pub fn remember(&mut self, client: &ClientId, key: &str, answer: Remembered, expires_at: i64) {
        self.new_keys.push((client.clone(), key.to_owned(), answer.clone(), expires_at));
        self.remembered.entry((client.clone(), key.to_owned())).or_default().push(answer);
    }

    /// Counts a release against a legal basis, so that the next decision of this batch sees one use less. `index` is that
    /// of the entry which rests on it.
    pub fn count_use(&mut self, id: LegalBasisId, index: u64) {
        if let Some(basis) = self.bases.get_mut(&id) {
            basis.uses = basis.uses.saturating_add(1);
            self.used.insert(id);
            self.rests.push((id, index));
        }
    }

    pub(super) fn rests(&self) -> &[(LegalBasisId, u64)] {
        &self.rests
    }

    pub(super) fn used(&self) -> impl Iterator<Item = (LegalBasisId, u32)> + '_ {
        self.used.iter().filter_map(|id| self.bases.get(id).map(|basis| (*id, basis.uses)))
    }

    pub(super) fn new_keys(&self) -> &[(ClientId, String, Remembered, i64)] {
        &self.new_keys
    }
}

fn remembered(conn: &mut AnyConnection, row: idempotency::IdempotencyRow) -> Result<Remembered, StoreError> {
    let entry =
        audit::find_entry_by_seq(conn, row.seq)?.ok_or(StoreError::Corrupt("a remembered answer without entry"))?;
    Ok(Remembered {
        item: row.item,
        body: row.body.try_into().map_err(|_| StoreError::Corrupt("a body hash of a wrong length"))?,
        index: u64::try_from(row.seq).map_err(|_| StoreError::Corrupt("a negative index"))?,
        record: entry.record,
    })
}
