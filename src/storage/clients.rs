//! Registered city applications.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{client, client_requester_kind, client_store};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::client::Client;
use crate::domain::{ClientId, RequesterKind, StoreId};

/// A client's own row.
#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = client)]
pub struct ClientRow {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Argon2id, in PHC form.
    pub secret_hash: String,
    /// Whether it may ask at all.
    pub is_enabled: bool,
    /// Microseconds since the epoch.
    pub created_at: i64,
    /// Microseconds since the epoch.
    pub tokens_not_before: i64,
    /// Who certified it last.
    pub certified_by: String,
    /// Microseconds since the epoch.
    pub certified_at: i64,
}

/// Every client with what it is registered for.
///
/// # Errors
/// [`StoreError::Corrupt`] on a word this program does not know; or when the database fails.
pub fn list(conn: &mut AnyConnection) -> Result<Vec<Client>, StoreError> {
    let rows: Vec<ClientRow> = client::table.select(ClientRow::as_select()).order(client::id).load(conn)?;
    let mut stores = grouped(client_store::table.select((client_store::client, client_store::store)).load(conn)?);
    let mut kinds = grouped(
        client_requester_kind::table
            .select((client_requester_kind::client, client_requester_kind::requester_kind))
            .load(conn)?,
    );
    rows.into_iter()
        .map(|row| {
            let stores = stores.remove(&row.id).unwrap_or_default();
            let kinds = kinds.remove(&row.id).unwrap_or_default();
            client_of(row, &stores, &kinds)
        })
        .collect()
}

/// One client with the hash of its secret.
///
/// # Errors
/// As [`list`].
pub fn find(conn: &mut AnyConnection, id: &ClientId) -> Result<Option<(Client, String)>, StoreError> {
    let row: Option<ClientRow> =
        client::table.find(id.as_str()).select(ClientRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let stores: Vec<String> =
        client_store::table.filter(client_store::client.eq(&row.id)).select(client_store::store).load(conn)?;
    let kinds: Vec<String> = client_requester_kind::table
        .filter(client_requester_kind::client.eq(&row.id))
        .select(client_requester_kind::requester_kind)
        .load(conn)?;
    let hash = row.secret_hash.clone();
    Ok(Some((client_of(row, &stores, &kinds)?, hash)))
}

/// Adds a client.
///
/// # Errors
/// A unique violation when the id is taken; or when the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &Client, secret_hash: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ClientRow {
        id: new.id.to_string(),
        name: new.name.clone(),
        secret_hash: secret_hash.to_owned(),
        is_enabled: new.is_enabled,
        created_at: at.timestamp_micros(),
        tokens_not_before: new.tokens_not_before.timestamp_micros(),
        certified_by: new.certified_by.clone(),
        certified_at: new.certified_at.timestamp_micros(),
    };
    diesel::insert_into(client::table).values(&row).execute(tx.conn())?;
    set_scope(tx, &new.id, &new.stores, &new.requester_kinds)
}

/// Registers a client for these stores and requester kinds, and no others.
///
/// # Errors
/// When the client or a store does not exist, or the database fails.
pub fn set_scope(
    tx: &mut WriteTx<'_>,
    id: &ClientId,
    stores: &BTreeSet<StoreId>,
    requester_kinds: &BTreeSet<RequesterKind>,
) -> Result<(), StoreError> {
    let (conn, id) = (tx.conn(), id.as_str());
    diesel::delete(client_store::table.filter(client_store::client.eq(id))).execute(conn)?;
    diesel::delete(client_requester_kind::table.filter(client_requester_kind::client.eq(id))).execute(conn)?;
    for store in stores {
        diesel::insert_into(client_store::table)
            .values((client_store::client.eq(id), client_store::store.eq(store.as_str())))
            .execute(conn)?;
    }
    for kind in requester_kinds {
        diesel::insert_into(client_requester_kind::table)
            .values((client_requester_kind::client.eq(id), client_requester_kind::requester_kind.eq(kind.as_str())))
            .execute(conn)?;
    }
    Ok(())
}

/// Gives a client a new secret; tokens from before `at` no longer count. Returns whether it exists.
///
/// # Errors
/// When the database fails.
pub fn set_secret(
    tx: &mut WriteTx<'_>,
    id: &ClientId,
    secret_hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(client::table.find(id.as_str()))
        .set((client::secret_hash.eq(secret_hash), client::tokens_not_before.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Switches a client on or off; tokens from before `at` no longer count. Returns whether it exists.
///
/// # Errors
/// When the database fails.
pub fn set_enabled(
    tx: &mut WriteTx<'_>,
    id: &ClientId,
    is_enabled: bool,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let changed = diesel::update(client::table.find(id.as_str()))
        .set((client::is_enabled.eq(is_enabled), client::tokens_not_before.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Notes who certified a client, and when. Returns whether it exists.
///
/// # Errors
/// When the database fails.
pub fn set_certified(tx: &mut WriteTx<'_>, id: &ClientId, by: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let changed = diesel::update(client::table.find(id.as_str()))
        .set((client::certified_by.eq(by), client::certified_at.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Notes when a client was given a token.
///
/// # Errors
/// When the database fails.
pub fn set_last_token(tx: &mut WriteTx<'_>, id: &ClientId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(client::table.find(id.as_str()))
        .set(client::last_token_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    Ok(())
}

/// When each client was given a token last; those that never were are left out.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn last_tokens(conn: &mut AnyConnection) -> Result<BTreeMap<ClientId, DateTime<Utc>>, StoreError> {
    let rows: Vec<(String, Option<i64>)> = client::table.select((client::id, client::last_token_at)).load(conn)?;
    let used = rows.into_iter().filter_map(|(id, at)| Some((id, at?)));
    used.map(|(id, at)| Ok((word(&id, "a client id")?, instant(at)?))).collect()
}

fn grouped(pairs: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (client, value) in pairs {
        groups.entry(client).or_default().push(value);
    }
    groups
}

fn client_of(row: ClientRow, stores: &[String], kinds: &[String]) -> Result<Client, StoreError> {
    Ok(Client {
        id: word(&row.id, "a client id")?,
        name: row.name,
        is_enabled: row.is_enabled,
        tokens_not_before: instant(row.tokens_not_before)?,
        stores: stores.iter().map(|store| word(store, "a store id")).collect::<Result<_, _>>()?,
        requester_kinds: kinds.iter().map(|kind| word(kind, "a requester kind")).collect::<Result<_, _>>()?,
        certified_by: row.certified_by,
        certified_at: instant(row.certified_at)?,
    })
}
