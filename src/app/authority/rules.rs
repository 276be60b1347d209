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
        if !self.is_open(session, now) {
            return Err(AuthorityError::NoSession);
        }
        let holder = staff::find(conn, session.staff)?.ok_or(AuthorityError::NoAccount)?;
        if self.is_in_force(conn, &holder, now)? { Ok(holder) } else { Err(AuthorityError::NoAccount) }
    }

    /// Whether a session goes on at `now`: neither ended, nor run out, nor left unused. To the microsecond.
    #[must_use]
    pub fn is_open(self, session: &StoredSession, now: DateTime<Utc>) -> bool {
        session.ended_at.is_none() && now < session.expires_at && now < session.seen_at + self.idle
    }

    /// Whether an account may be used: active, and certified in time.
    ///
    /// # Errors
    /// When the database fails.
    pub fn is_in_force(self, conn: &mut AnyConnection, holder: &Staff, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let is_active = holder.status == AccountStatus::Active;
        Ok(is_active && self.standing_of(conn, holder, now)? != Certification::Suspended)
    }

    /// Where an account stands in the access review. The last active admin is overdue for ever, and never suspended:
    /// nobody could certify anybody then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn standing_of(
        self,
        conn: &mut AnyConnection,
        holder: &Staff,
        now: DateTime<Utc>,
    ) -> Result<Certification, StoreError> {
        let judged = self.certification.judge(holder.certified_at, now);
        let is_needed = judged == Certification::Suspended && holder.is_active_admin();
        if is_needed && !self.has_other_admin(conn, holder, now)? {
            return Ok(Certification::Overdue { suspended_at: self.certification.suspended_at(holder.certified_at) });
        }
        Ok(judged)
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
