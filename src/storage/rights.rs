//! What the program's PostgreSQL role may do to the audit log, and the grants that keep it small.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{AnyConnection, StoreError};

/// Tables whose rows may be added, never changed.
const APPEND_ONLY: [&str; 5] = ["audit_entry", "audit_node", "audit_batch", "audit_checkpoint", "audit_cosignature"];

#[derive(QueryableByName)]
struct Right {
    #[diesel(sql_type = Text)]
    found: String,
}

/// The rights this connection's role has on append-only tables beyond adding and reading, as
/// `TABLE: RIGHT`. `OWNER` stands for a role that owns the table, or may act as its owner: it can grant itself whatever it
/// lacks. Always empty on SQLite, where the file's owner can do anything and only the tree tells.
///
/// # Errors
/// When the database fails.
pub fn list_excessive(conn: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let AnyConnection::Postgres(conn) = conn else { return Ok(Vec::new()) };
    let rows: Vec<Right> = diesel::sql_query(
        "SELECT t.name || ': ' || r.name AS found \
         FROM unnest($1::text[]) AS t(name), unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS r(name) \
         WHERE has_table_privilege(current_user, t.name, r.name) \
            OR (r.name = 'UPDATE' AND has_any_column_privilege(current_user, t.name, 'UPDATE')) \
         UNION ALL SELECT t.name || ': OWNER' FROM unnest($1::text[]) AS t(name) \
         JOIN pg_class c ON c.oid = t.name::regclass WHERE pg_has_role(current_user, c.relowner, 'MEMBER') ORDER BY 1",
    )
    .bind::<diesel::sql_types::Array<Text>, _>(APPEND_ONLY.as_slice())
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.found).collect())
}

/// Gives an application role what `serve` needs and no more. Run by the tables' owner.
///
/// # Errors
/// When the role does not exist, or the connection may not grant. On SQLite it does nothing.
pub fn grant_to(conn: &mut AnyConnection, role: &str) -> Result<(), StoreError> {
    let AnyConnection::Postgres(conn) = conn else { return Ok(()) };
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let append_only = APPEND_ONLY.join(", ");
    conn.batch_execute(&format!(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; \
         REVOKE ALL ON {append_only}, __diesel_schema_migrations FROM {role}; \
         GRANT SELECT, INSERT ON {append_only} TO {role}; \
         GRANT SELECT ON __diesel_schema_migrations TO {role}"
    ))?;
    Ok(())
}

/// Whether the server would survive a power cut: PostgreSQL's `fsync` is on (always true on SQLite, where the
/// program sets it itself).
///
/// # Errors
/// When the database fails.
pub fn is_durable(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(true),
        AnyConnection::Postgres(conn) => {
            let row: Right = diesel::sql_query("SELECT current_setting('fsync') AS found").get_result(conn)?;
            Ok(row.found == "on")
        }
    }
}
