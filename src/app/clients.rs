//! City applications: added, given a new secret, switched off and on. Every change leaves its entry.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::secret::{SecretError, draw_secret};
use super::{App, ChangeFailure};
use crate::domain::client::Client;
use crate::domain::record::EventKind;
use crate::domain::{ClientId, RequesterKind, StoreId};
use crate::ledger::{Change, ChangeError, Refused, Stamp, Turn};
use crate::storage::{StoreError, catalog, clients, state};

/// A client to be.
#[derive(Clone, Debug)]
pub struct NewClient {
    /// Its id.
    pub id: ClientId,
    /// What people call it.
    pub name: String,
    /// The stores it may ask about.
    pub stores: BTreeSet<StoreId>,
    /// The requester kinds it may speak for.
    pub requester_kinds: BTreeSet<RequesterKind>,
}

/// Why a client was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The id is taken.
    #[error("there is already a client `{0}`")]
    Exists(ClientId),
    /// There is no such client.
    #[error("there is no client `{0}`")]
    Unknown(ClientId),
    /// It would speak for nothing.
    #[error("a client needs at least one record store and one requester kind")]
    Empty,
    /// A store is not catalogued.
    #[error("there is no record store `{0}`: import its catalogue first")]
    UnknownStore(StoreId),
    /// The secret could not be hashed.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// A failed change of a client.
pub type ClientFailure = ChangeFailure<ClientError>;

impl App {
    /// Registers a client and returns its secret, which is shown this once.
    ///
    /// # Errors
    /// Why the client was not added.
    pub fn add_client(&self, actor: &str, new: NewClient) -> Result<Zeroizing<String>, ClientFailure> {
        if new.stores.is_empty() || new.requester_kinds.is_empty() {
            return Err(ChangeFailure::Refused(ClientError::Empty));
        }
        let (secret, hash) = self.new_secret()?;
        self.change_client(actor, new.id.clone(), ClientChange::Add { new, hash })?;
        Ok(secret)
    }

    /// Gives a client a new secret, which is shown this once. Its old secret and its tokens stop working at once.
    ///
    /// # Errors
    /// Why the secret was not replaced.
    pub fn rotate_client(&self, actor: &str, id: ClientId) -> Result<Zeroizing<String>, ClientFailure> {
        let (secret, hash) = self.new_secret()?;
        self.change_client(actor, id, ClientChange::Rotate { hash })?;
        Ok(secret)
    }

    /// Switches a client off (or on again). Its tokens stop working at once.
    ///
    /// # Errors
    /// Why it was not switched.
    pub fn set_client_enabled(&self, actor: &str, id: ClientId, is_enabled: bool) -> Result<(), ClientFailure> {
        self.change_client(actor, id, ClientChange::Enable { is_enabled })
    }

    /// Every client, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_clients(&self) -> Result<Vec<Client>, StoreError> {
        self.store.read(clients::list)
    }

    fn new_secret(&self) -> Result<(Zeroizing<String>, String), ClientFailure> {
        let secret = draw_secret(self.entropy.as_ref())?;
        let hash = self.hasher.hash(&secret, self.entropy.as_ref());
        Ok((secret, hash.map_err(|error| ChangeFailure::Refused(error.into()))?))
    }

    fn change_client(&self, actor: &str, id: ClientId, what: ClientChange) -> Result<(), ClientFailure> {
        let change = ChangeClient { actor: actor.to_owned(), id, what, stamp: self.stamp()? };
        self.ledger.change_blocking(change)?.map_err(ChangeFailure::Refused)
    }
}

enum ClientChange {
    Add { new: NewClient, hash: String },
    Rotate { hash: String },
    Enable { is_enabled: bool },
}

struct ChangeClient {
    actor: String,
    id: ClientId,
    what: ClientChange,
    stamp: Stamp,
}

impl Change for ChangeClient {
    type Output = ();
    type Refusal = ClientError;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<(), ChangeError<ClientError>> {
        let (kind, is_done) = match &self.what {
            ClientChange::Add { new, hash } => (EventKind::ClientAdded, self.add(turn, new, hash)?),
            ClientChange::Rotate { hash } => {
                let found = clients::set_secret(turn.tx, &self.id, hash, turn.now)?;
                (EventKind::ClientRotated, found.then_some(()).ok_or_else(|| ClientError::Unknown(self.id.clone())))
            }
            ClientChange::Enable { is_enabled } => {
                let found = clients::set_enabled(turn.tx, &self.id, *is_enabled, turn.now)?;
                let kind = if *is_enabled { EventKind::ClientEnabled } else { EventKind::ClientDisabled };
                (kind, found.then_some(()).ok_or_else(|| ClientError::Unknown(self.id.clone())))
            }
        };
        let mut about = vec![("client", self.id.to_string())];
        if let Err(reason) = is_done {
            about.extend([("change", kind.to_string()), ("reason", reason.to_string())]);
            let entry = self.stamp.event(turn.now, EventKind::ChangeRefused, &self.actor, about);
            return Err(ChangeError::Refused(Refused { reason, entry: Some(Box::new(entry)) }));
        }
        if let ClientChange::Add { new, .. } = &self.what {
            about.extend([("stores", words(&new.stores)), ("requester_kinds", words(&new.requester_kinds))]);
        }
        state::raise_revision(turn.tx)?;
        turn.entries.append(self.stamp.event(turn.now, kind, &self.actor, about));
        Ok(())
    }
}

impl ChangeClient {
    fn add(&self, turn: &mut Turn<'_, '_>, new: &NewClient, hash: &str) -> Result<Result<(), ClientError>, StoreError> {
        if clients::find(turn.tx.conn(), &self.id)?.is_some() {
            return Ok(Err(ClientError::Exists(self.id.clone())));
        }
        let catalog = catalog::load(turn.tx.conn())?;
        if let Some(unknown) = new.stores.iter().find(|store| catalog.find(store).is_none()) {
            return Ok(Err(ClientError::UnknownStore(unknown.clone())));
        }
        let client = Client {
            id: self.id.clone(),
            name: new.name.clone(),
            is_enabled: true,
            tokens_not_before: turn.now,
            stores: new.stores.clone(),
            requester_kinds: new.requester_kinds.clone(),
            certified_by: self.actor.clone(),
            certified_at: turn.now,
        };
        clients::insert(turn.tx, &client, hash, turn.now)?;
        Ok(Ok(()))
    }
}

fn words<T: std::fmt::Display>(set: &BTreeSet<T>) -> String {
    set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
