//! City applications: registered, given a new secret or another scope, switched off and on. Every change leaves its entry.

use std::collections::BTreeSet;

use zeroize::Zeroizing;

use super::authority::{Authority, ManageClients, StaffFailure, StaffRefusal};
use super::refusal::Refusal;
use super::secret::{SecretError, draw_secret};
use super::staff::ReviewedClient;
use super::{App, ChangeFailure};
use crate::domain::client::Client;
use crate::domain::record::EventKind;
use crate::domain::staff::is_name;
use crate::domain::{ClientId, RequesterKind, StoreId};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::{StoreError, catalog, clients, state};

/// What a client may ask about, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientScope {
    /// The stores it may ask about.
    pub stores: BTreeSet<StoreId>,
    /// The requester kinds it may speak for.
    pub requester_kinds: BTreeSet<RequesterKind>,
}

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
    /// The name is empty, or longer than anybody's.
    #[error("a name has 1 to 100 characters, and none that cannot be seen")]
    Name,
    /// It would speak for nothing.
    #[error("a client needs at least one record store and one requester kind")]
    Empty,
    /// A store is not catalogued.
    #[error("there is no record store `{0}`: import its catalogue first")]
    UnknownStore(StoreId),
    /// It is on already, or off already.
    #[error("the client is switched {} already", if *.is_enabled { "on" } else { "off" })]
    Switched {
        /// Whether it is on.
        is_enabled: bool,
    },
    /// The secret could not be hashed.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// A failed change of a client.
pub type ClientFailure = StaffFailure<ClientError>;

impl App {
    /// Registers a client and returns its secret, which is shown this once.
    ///
    /// # Errors
    /// Why the client was not added.
    pub fn add_client(
        &self,
        by: &Authority<ManageClients>,
        new: NewClient,
    ) -> Result<Zeroizing<String>, ClientFailure> {
        if !is_name(&new.name) {
            return Err(refused(ClientError::Name));
        }
        let scope = ClientScope { stores: new.stores, requester_kinds: new.requester_kinds };
        let (secret, hash) = self.new_secret()?;
        self.change_client(by, new.id, ClientChange::Add { name: new.name, scope: checked(scope)?, hash })?;
        Ok(secret)
    }

    /// Lets a client ask about these stores for these requester kinds, and no others.
    ///
    /// # Errors
    /// Why it may ask what it might before.
    pub fn set_client_scope(
        &self,
        by: &Authority<ManageClients>,
        id: ClientId,
        scope: ClientScope,
    ) -> Result<(), ClientFailure> {
        self.change_client(by, id, ClientChange::Scope(checked(scope)?))
    }

    /// Gives a client a new secret, which is shown this once. Its old secret and its tokens stop working at once.
    ///
    /// # Errors
    /// Why the secret was not replaced.
    pub fn rotate_client(
        &self,
        by: &Authority<ManageClients>,
        id: ClientId,
    ) -> Result<Zeroizing<String>, ClientFailure> {
        let (secret, hash) = self.new_secret()?;
        self.change_client(by, id, ClientChange::Rotate { hash })?;
        Ok(secret)
    }

    /// Switches a client off (or on again). Its tokens stop working at once.
    ///
    /// # Errors
    /// Why it was not switched.
    pub fn set_client_enabled(
        &self,
        by: &Authority<ManageClients>,
        id: ClientId,
        is_enabled: bool,
    ) -> Result<(), ClientFailure> {
        self.change_client(by, id, ClientChange::Enable { is_enabled })
    }

    /// Every client, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn list_clients(&self, _: &Authority<ManageClients>) -> Result<Vec<Client>, StoreError> {
        self.store.read(clients::list)
    }

    /// One client, with where it stands in the access review and when it was used last; nothing if there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_client(
        &self,
        _: &Authority<ManageClients>,
        id: &ClientId,
    ) -> Result<Option<ReviewedClient>, StoreError> {
        let (now, rules) = (self.clock.now(), self.session_rules.certification);
        self.store.read(|conn| {
            let Some((client, _)) = clients::find(conn, id)? else { return Ok(None) };
            let last_used_at = clients::last_tokens(conn)?.get(id).copied();
            Ok(Some(ReviewedClient { standing: rules.judge(client.certified_at, now), last_used_at, client }))
        })
    }

    /// The stores that a client can be registered for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn stores_for_clients(&self, _: &Authority<ManageClients>) -> Result<BTreeSet<StoreId>, StoreError> {
        self.store.read(catalog::list_stores)
    }

    fn new_secret(&self) -> Result<(Zeroizing<String>, String), ClientFailure> {
        let secret = draw_secret(self.entropy.as_ref())?;
        let hash = self.hasher.hash(&secret, self.entropy.as_ref());
        Ok((secret, hash.map_err(|error| refused(error.into()))?))
    }

    fn change_client(
        &self,
        by: &Authority<ManageClients>,
        id: ClientId,
        what: ClientChange,
    ) -> Result<(), ClientFailure> {
        let change = ChangeClient { actor: by.actor().to_owned(), id, what, stamp: self.stamp()? };
        self.change_by_blocking(by, change)
    }
}

fn refused(error: ClientError) -> ClientFailure {
    ChangeFailure::Refused(StaffRefusal::Change(error))
}

fn checked(scope: ClientScope) -> Result<ClientScope, ClientFailure> {
    let is_empty = scope.stores.is_empty() || scope.requester_kinds.is_empty();
    if is_empty { Err(refused(ClientError::Empty)) } else { Ok(scope) }
}

enum ClientChange {
    Add { name: String, scope: ClientScope, hash: String },
    Scope(ClientScope),
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
        let kind = self.what.kind();
        let mut about = vec![("client", self.id.to_string())];
        if let Some(ClientScope { stores, requester_kinds }) = self.what.scope() {
            about.extend([("stores", words(stores)), ("requester_kinds", words(requester_kinds))]);
        }
        if let Err(reason) = self.make(turn)? {
            let refusal = Refusal { stamp: &self.stamp, now: turn.now, actor: &self.actor, change: kind };
            return Err(refusal.because(reason, about));
        }
        state::raise_revision(turn.tx)?;
        turn.entries.append(self.stamp.event(turn.now, kind, &self.actor, about));
        Ok(())
    }
}

impl ClientChange {
    const fn kind(&self) -> EventKind {
        match self {
            Self::Add { .. } => EventKind::ClientAdded,
            Self::Scope(_) => EventKind::ClientScopeChanged,
            Self::Rotate { .. } => EventKind::ClientRotated,
            Self::Enable { is_enabled: true } => EventKind::ClientEnabled,
            Self::Enable { is_enabled: false } => EventKind::ClientDisabled,
        }
    }

    const fn scope(&self) -> Option<&ClientScope> {
        match self {
            Self::Add { scope, .. } | Self::Scope(scope) => Some(scope),
            Self::Rotate { .. } | Self::Enable { .. } => None,
        }
    }
}

impl ChangeClient {
    fn make(&self, turn: &mut Turn<'_, '_>) -> Result<Result<(), ClientError>, StoreError> {
        let found = clients::find(turn.tx.conn(), &self.id)?;
        if let Some(scope) = self.what.scope() {
            let known = catalog::list_stores(turn.tx.conn())?;
            if let Some(unknown) = scope.stores.difference(&known).next() {
                return Ok(Err(ClientError::UnknownStore(unknown.clone())));
            }
        }
        match (&self.what, found) {
            (ClientChange::Add { .. }, Some(_)) => return Ok(Err(ClientError::Exists(self.id.clone()))),
            (ClientChange::Add { name, scope, hash }, None) => self.add(turn, name, scope, hash)?,
            (_, None) => return Ok(Err(ClientError::Unknown(self.id.clone()))),
            (ClientChange::Scope(scope), Some(_)) => {
                clients::set_scope(turn.tx, &self.id, &scope.stores, &scope.requester_kinds)?;
            }
            (ClientChange::Rotate { hash }, Some(_)) => {
                clients::set_secret(turn.tx, &self.id, hash, turn.now)?;
            }
            (ClientChange::Enable { is_enabled }, Some((found, _))) if found.is_enabled == *is_enabled => {
                return Ok(Err(ClientError::Switched { is_enabled: *is_enabled }));
            }
            (ClientChange::Enable { is_enabled }, Some(_)) => {
                clients::set_enabled(turn.tx, &self.id, *is_enabled, turn.now)?;
            }
        }
        Ok(Ok(()))
    }

    fn add(&self, turn: &mut Turn<'_, '_>, name: &str, scope: &ClientScope, hash: &str) -> Result<(), StoreError> {
        let client = Client {
            id: self.id.clone(),
            name: name.to_owned(),
            is_enabled: true,
            tokens_not_before: turn.now,
            stores: scope.stores.clone(),
            requester_kinds: scope.requester_kinds.clone(),
            certified_by: self.actor.clone(),
            certified_at: turn.now,
        };
        clients::insert(turn.tx, &client, hash, turn.now)
    }
}

fn words<T: std::fmt::Display>(set: &BTreeSet<T>) -> String {
    set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
