//! Forms that were carried out, so that a form that is sent twice is carried out once. Knows nothing of what they asked.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::schema::submitted_form;
use super::{AnyConnection, StoreError, WriteTx};
use crate::domain::FormId;

/// Whether this form was carried out.
///
/// # Errors
/// When the database fails.
pub fn is_known(conn: &mut AnyConnection, form: FormId) -> Result<bool, StoreError> {
    let found =
        submitted_form::table.find(form.to_string()).select(submitted_form::at).first::<i64>(conn).optional()?;
    Ok(found.is_some())
}

/// Notes that a form is carried out in this transaction.
///
/// # Errors
/// When it was before, or the database fails.
pub fn insert(tx: &mut WriteTx<'_>, form: FormId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = (submitted_form::id.eq(form.to_string()), submitted_form::at.eq(at.timestamp_micros()));
    diesel::insert_into(submitted_form::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Forgets forms that were carried out before that instant: no session that could send them again lasts so long.
///
/// # Errors
/// When the database fails.
pub fn delete_before(tx: &mut WriteTx<'_>, before: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::delete(submitted_form::table.filter(submitted_form::at.lt(before.timestamp_micros())))
        .execute(tx.conn())?;
    Ok(())
}
