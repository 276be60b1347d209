//! One's own account, and one's own sessions.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{Authority, UseOwnAccount};
use crate::domain::staff::{Certification, Staff};
use crate::storage::sessions::{self, StoredSession};
use crate::storage::{StoreError, staff, staff_credentials};

/// One's own account.
pub struct OwnAccount {
    /// The account.
    pub holder: Staff,
    /// Where it stands in the access review.
    pub standing: Certification,
    /// Recovery codes that are still unused.
    pub recovery_codes: i64,
    /// The present instant.
    pub now: DateTime<Utc>,
}

impl App {
    /// Somebody's own account; the operator has none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn own_account(&self, who: &Authority<UseOwnAccount>) -> Result<Option<OwnAccount>, StoreError> {
        let Some(id) = who.staff() else { return Ok(None) };
        let (now, rules) = (self.clock.now(), self.session_rules);
        self.store.read(|conn| {
            let Some(holder) = staff::find(conn, id)? else { return Ok(None) };
            let standing = rules.standing_of(conn, &holder, now)?;
            let recovery_codes = staff_credentials::count_recovery_codes(conn, id)?;
            Ok(Some(OwnAccount { holder, standing, recovery_codes, now }))
        })
    }

    /// Somebody's own sessions that go on, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn own_sessions(&self, who: &Authority<UseOwnAccount>) -> Result<Vec<StoredSession>, StoreError> {
        let Some(id) = who.staff() else { return Ok(Vec::new()) };
        let (now, rules) = (self.clock.now(), self.session_rules);
        let mut sessions = self.store.read(|conn| sessions::list_open(conn, id))?;
        sessions.retain(|session| rules.is_open(session, now));
        Ok(sessions)
    }
}
