//! Members of staff and their roles.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::{staff, staff_role};
use super::{AnyConnection, StoreError, WriteTx, instant, word};
use crate::domain::StaffId;
use crate::domain::staff::{AccountStatus, Roles, Staff, SwitchReason, Username};

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff)]
struct StaffRow {
    id: String,
    username: String,
    name: String,
    status: String,
    created_at: i64,
    last_sign_in_at: Option<i64>,
    certified_by: String,
    certified_at: i64,
}

/// Everybody, by username.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn list(conn: &mut AnyConnection) -> Result<Vec<Staff>, StoreError> {
    let rows: Vec<StaffRow> = staff::table.select(StaffRow::as_select()).order(staff::username).load(conn)?;
    let held: Vec<(String, String)> = staff_role::table.select((staff_role::staff, staff_role::role)).load(conn)?;
    let mut roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (holder, role) in held {
        roles.entry(holder).or_default().push(role);
    }
    rows.into_iter()
        .map(|row| {
            let roles = roles.remove(&row.id).unwrap_or_default();
            staff_of(row, &roles)
        })
        .collect()
}

/// One member of staff.
///
/// # Errors
/// As [`list`].
pub fn find(conn: &mut AnyConnection, id: StaffId) -> Result<Option<Staff>, StoreError> {
    let row = staff::table.find(id.to_string()).select(StaffRow::as_select()).first(conn).optional()?;
    row.map(|row| with_roles(conn, row)).transpose()
}

/// One member of staff, by the name to sign in with.
///
/// # Errors
/// As [`list`].
pub fn find_by_username(conn: &mut AnyConnection, username: &Username) -> Result<Option<Staff>, StoreError> {
    let query = staff::table.filter(staff::username.eq(username.as_str())).select(StaffRow::as_select());
    query.first(conn).optional()?.map(|row| with_roles(conn, row)).transpose()
}

/// Makes an account. It cannot sign in before its holder has enrolled.
///
/// # Errors
/// A unique violation when the username is taken; or when the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &Staff) -> Result<(), StoreError> {
    diesel::insert_into(staff::table)
        .values((
            staff::id.eq(new.id.to_string()),
            staff::username.eq(new.username.as_str()),
            staff::name.eq(&new.name),
            staff::status.eq(new.status.as_str()),
            staff::created_at.eq(new.created_at.timestamp_micros()),
            staff::totp_step.eq(0),
            staff::certified_by.eq(&new.certified_by),
            staff::certified_at.eq(new.certified_at.timestamp_micros()),
        ))
        .execute(tx.conn())?;
    set_roles(tx, new.id, &new.roles)
}

/// Gives somebody these roles and no others.
///
/// # Errors
/// When the database fails.
pub fn set_roles(tx: &mut WriteTx<'_>, id: StaffId, roles: &Roles) -> Result<(), StoreError> {
    let conn = tx.conn();
    diesel::delete(staff_role::table.filter(staff_role::staff.eq(id.to_string()))).execute(conn)?;
    for role in roles.iter() {
        diesel::insert_into(staff_role::table)
            .values((staff_role::staff.eq(id.to_string()), staff_role::role.eq(role.as_str())))
            .execute(conn)?;
    }
    Ok(())
}

/// Switches an account off, or on again.
///
/// # Errors
/// When the table's own rule refuses it (nobody is active without credentials), or the database fails.
pub fn set_status(tx: &mut WriteTx<'_>, id: StaffId, status: AccountStatus) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string())).set(staff::status.eq(status.as_str())).execute(tx.conn())?;
    Ok(())
}

/// Who switched an account off or on last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSwitch {
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, where somebody said so.
    pub reason: Option<SwitchReason>,
}

/// Notes who switched an account off or on, and why.
///
/// # Errors
/// When the database fails.
pub fn set_switched(tx: &mut WriteTx<'_>, id: StaffId, switch: &LastSwitch) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set((
            staff::switched_by.eq(&switch.by),
            staff::switched_at.eq(switch.at.timestamp_micros()),
            staff::switch_reason.eq(switch.reason.map(SwitchReason::as_str)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Who switched an account off or on last; none if nobody ever did.
///
/// # Errors
/// [`StoreError::Corrupt`] on a row that this program did not write; or when the database fails.
pub fn last_switch(conn: &mut AnyConnection, id: StaffId) -> Result<Option<LastSwitch>, StoreError> {
    type Columns = (Option<String>, Option<i64>, Option<String>);
    let columns = (staff::switched_by, staff::switched_at, staff::switch_reason);
    let found: Option<Columns> = staff::table.find(id.to_string()).select(columns).first(conn).optional()?;
    let Some((Some(by), Some(at), reason)) = found else { return Ok(None) };
    let reason = reason.map(|reason| word(&reason, "a reason for switching an account")).transpose()?;
    Ok(Some(LastSwitch { by, at: instant(at)?, reason }))
}

/// Notes when somebody signed in last.
///
/// # Errors
/// When the database fails.
pub fn set_signed_in(tx: &mut WriteTx<'_>, id: StaffId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set(staff::last_sign_in_at.eq(at.timestamp_micros()))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes who certified an account, and when.
///
/// # Errors
/// When the table's own rule refuses it (nobody certifies themselves), or the database fails.
pub fn set_certified(tx: &mut WriteTx<'_>, id: StaffId, by: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(staff::table.find(id.to_string()))
        .set((staff::certified_by.eq(by), staff::certified_at.eq(at.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(())
}

fn with_roles(conn: &mut AnyConnection, row: StaffRow) -> Result<Staff, StoreError> {
    let roles: Vec<String> =
        staff_role::table.filter(staff_role::staff.eq(&row.id)).select(staff_role::role).load(conn)?;
    staff_of(row, &roles)
}

fn staff_of(row: StaffRow, roles: &[String]) -> Result<Staff, StoreError> {
    let roles = roles.iter().map(|role| word(role, "a role")).collect::<Result<Vec<_>, _>>()?;
    Ok(Staff {
        id: word(&row.id, "a staff id")?,
        username: word(&row.username, "a username")?,
        name: row.name,
        status: word(&row.status, "the status of an account")?,
        roles: Roles::new(roles).map_err(|_| StoreError::Corrupt("roles that nobody can hold together"))?,
        created_at: instant(row.created_at)?,
        last_sign_in_at: row.last_sign_in_at.map(instant).transpose()?,
        certified_by: row.certified_by,
        certified_at: instant(row.certified_at)?,
    })
}
