//! When a session and an account are in force.

use chrono::{DateTime, TimeDelta, Utc};

use super::AuthorityError;
use crate::domain::staff::{AccountStatus, Certification, CertificationRules, Staff};
use crate::storage::sessions::StoredSession;
use crate::storage::{AnyConnection, StoreError, staff};

/// How long sessions and certifications last.
#[derive(Debug, Clone, Copy)]
pub struct SessionRules {
    /// A session ends when it was not used this long.
    pub idle: TimeDelta,
    /// A session ends this long after it was opened.
    pub lifetime: TimeDelta,
    /// How often access is reviewed.
    pub certification: CertificationRules,
}

impl SessionRules {
    /// Whose session it is, if session and account are in force at `now`.
    pub(super) fn admit(
        self,
        conn: &mut AnyConnection,
        session: &StoredSession,
        now: DateTime<Utc>,
    ) -> Result<Staff, AuthorityError> {
        let is_open = session.ended_at.is_none() && now < session.expires_at && now < session.seen_at + self.idle;
        if !is_open {
            return Err(AuthorityError::NoSession);
        }
        let holder = staff::find(conn, session.staff)?.ok_or(AuthorityError::NoAccount)?;
        if self.is_in_force(conn, &holder, now)? { Ok(holder) } else { Err(AuthorityError::NoAccount) }
    }

    /// Whether an account may be used: active, and certified in time. The last active admin is never suspended: nobody could
    /// certify anybody then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_in_force(self, conn: &mut AnyConnection, holder: &Staff, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if holder.status != AccountStatus::Active {
            return Ok(false);
        }
        if self.certification.judge(holder.certified_at, now) != Certification::Suspended {
            return Ok(true);
        }
        Ok(holder.is_active_admin() && !self.has_other_admin(conn, holder, now)?)
    }

    fn has_other_admin(self, conn: &mut AnyConnection, than: &Staff, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let is_fit = |other: &Staff| {
            other.id != than.id
                && other.is_active_admin()
                && self.certification.judge(other.certified_at, now) != Certification::Suspended
        };
        Ok(staff::list(conn)?.iter().any(is_fit))
    }
}
