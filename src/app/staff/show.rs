//! One account as whoever administers it sees it.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{Authority, ManageStaff};
use crate::domain::StaffId;
use crate::domain::staff::{Certification, Staff};
use crate::storage::sessions::{self, StoredSession};
use crate::storage::staff::LastSwitch;
use crate::storage::{StoreError, staff, staff_credentials};

/// An account in full.
pub struct StaffInFull {
    /// The account.
    pub holder: Staff,
    /// Where it stands in the access review.
    pub standing: Certification,
    /// When it is to be reviewed.
    pub due_at: DateTime<Utc>,
    /// Whether a second factor is set up.
    pub has_second_factor: bool,
    /// Recovery codes that are still unused.
    pub recovery_codes: i64,
    /// Its sessions that go on, the newest first.
    pub sessions: Vec<StoredSession>,
    /// Who switched it off or on last.
    pub last_switch: Option<LastSwitch>,
}

impl App {
    /// One account; nothing if there is none. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find_staff(&self, _: &Authority<ManageStaff>, id: StaffId) -> Result<Option<StaffInFull>, StoreError> {
        let (now, rules) = (self.clock.now(), self.session_rules);
        self.store.read(|conn| {
            let Some(holder) = staff::find(conn, id)? else { return Ok(None) };
            let mut sessions = sessions::list_open(conn, id)?;
            sessions.retain(|session| rules.is_open(session, now));
            Ok(Some(StaffInFull {
                standing: rules.standing_of(conn, &holder, now)?,
                due_at: rules.certification.due_at(holder.certified_at),
                has_second_factor: staff_credentials::find(conn, id)?.is_some(),
                recovery_codes: staff_credentials::count_recovery_codes(conn, id)?,
                last_switch: staff::last_switch(conn, id)?,
                sessions,
                holder,
            }))
        })
    }
}
