//! What needs whom now: the first thing that somebody who signs in is told.
//!
//! Counts and due times only, each by one bounded query: no paper, no resident, and therefore no entry.

use chrono::{DateTime, TimeDelta, Utc};

use super::App;
use super::authority::{Authority, UseOwnAccount};
use super::legal_bases::RENEWAL_NOTICE;
use crate::domain::agenda::Task;
use crate::domain::legal_basis::BasisKind;
use crate::domain::referral::ReferralKind;
use crate::domain::staff::{AccountStatus, Certification, Roles, Staff};
use crate::storage::agenda::{self, BOUND, Dated};
use crate::storage::{AnyConnection, StoreError, audit, clients, staff, verifications};

/// The log is verified at least this often.
const VERIFIED_EVERY: TimeDelta = TimeDelta::days(7);

/// What waits for one reader at an instant, the most pressing first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The instant.
    pub now: DateTime<Utc>,
    /// What waits; empty when nothing does.
    pub items: Vec<AgendaItem>,
}

/// Work of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaItem {
    /// The kind.
    pub task: Task,
    /// How much of it.
    pub count: Bounded,
    /// When the first of it is due, where that is known.
    pub first_due_at: Option<DateTime<Utc>>,
}

/// A number that is exact up to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounded {
    /// So many.
    Exactly(usize),
    /// More than so many.
    MoreThan(usize),
}

impl Bounded {
    fn of(count: usize) -> Self {
        if count < BOUND { Self::Exactly(count) } else { Self::MoreThan(BOUND - 1) }
    }

    /// Both together; none when there is neither.
    #[must_use]
    pub fn sum(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(Self::Exactly(one)), Some(Self::Exactly(other))) => Some(Self::of(one + other)),
            (Some(Self::MoreThan(bound)), _) | (_, Some(Self::MoreThan(bound))) => Some(Self::MoreThan(bound)),
            (one, other) => one.or(other),
        }
    }

    /// As people see it: `7`, `99+`.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Exactly(count) => count.to_string(),
            Self::MoreThan(bound) => format!("{bound}+"),
        }
    }

    /// The number for a sentence: where there are more than the bound, the number of which nobody says "one".
    #[must_use]
    pub const fn least(self) -> usize {
        match self {
            Self::Exactly(count) => count,
            Self::MoreThan(bound) => bound + 1,
        }
    }
}

impl App {
    /// What waits for the reader now. The operator has no home page, and no agenda. Blocks.
    ///
    /// # Errors
    /// When the database fails.
    pub fn agenda(&self, who: &Authority<UseOwnAccount>) -> Result<Agenda, StoreError> {
        let now = self.clock.now();
        let Some(id) = who.staff() else { return Ok(Agenda { now, items: Vec::new() }) };
        let is_log_down = !self.ledger.health().is_writable;
        self.store.read(|conn| {
            let Some(holder) = staff::find(conn, id)? else { return Ok(Agenda { now, items: Vec::new() }) };
            let reader = Reader { app: self, holder: &holder, now, is_log_down };
            let mut items = Vec::new();
            for task in Task::ALL.into_iter().filter(|task| task.concerns(reader.roles())) {
                let Dated { count, first_due_at } = reader.count(conn, task)?;
                if count > 0 {
                    items.push(AgendaItem { task, count: Bounded::of(count), first_due_at });
                }
            }
            Ok(Agenda { now, items })
        })
    }
}

/// For whom an agenda is made, and when.
struct Reader<'a> {
    app: &'a App,
    holder: &'a Staff,
    now: DateTime<Utc>,
    is_log_down: bool,
}

impl Reader<'_> {
    const fn roles(&self) -> &Roles {
        &self.holder.roles
    }

    fn count(&self, conn: &mut AnyConnection, task: Task) -> Result<Dated, StoreError> {
        let (name, now) = (self.holder.username.as_str(), self.now);
        Ok(match task {
            Task::LogDown => undated(usize::from(self.is_log_down)),
            Task::ReviewsOverdue => agenda::reviews_overdue(conn, now)?,
            Task::EmergenciesToVerify => undated(agenda::count_to_verify(conn, BasisKind::EmergencyException, name)?),
            Task::WarrantsToVerify => undated(agenda::count_to_verify(conn, BasisKind::JudicialWarrant, name)?),
            Task::MandatesToVerify => undated(agenda::count_to_verify(conn, BasisKind::LegalMandate, name)?),
            Task::ReviewsOwed => agenda::reviews_owed(conn, name, now)?,
            Task::Denials1373 => undated(agenda::count_referrals(conn, ReferralKind::CounselReview1373)?),
            Task::ViolationsOpen => undated(agenda::count_violations(conn)?),
            Task::RenewalsDue => agenda::renewals_due(conn, name, now, now + RENEWAL_NOTICE)?,
            Task::ClerkReferrals => undated(agenda::count_referrals(conn, ReferralKind::ReferToClerk)?),
            Task::ScansMissing => undated(agenda::count_without_scan(conn, name)?),
            Task::UnknownFields => undated(agenda::count_unknown_fields(conn)?),
            Task::ProposalsOpen => undated(agenda::count_proposals(conn, name)?),
            Task::LogAltered => undated(usize::from(is_altered(conn)?)),
            Task::LogUnverified => undated(usize::from(self.is_log_unverified(conn)?)),
            Task::AccountsDue => self.accounts_due(conn)?,
            Task::ClientsDue => self.clients_due(conn)?,
            Task::OwnAccess => self.own_access(conn)?,
        })
    }

    /// Accounts of others, switched on, that are due or suspended. Whoever is not enrolled yet was certified with the
    /// invitation, and goes by the same rule.
    fn accounts_due(&self, conn: &mut AnyConnection) -> Result<Dated, StoreError> {
        let rules = self.app.session_rules.certification;
        let is_due = |other: &&Staff| {
            other.id != self.holder.id
                && other.status != AccountStatus::Disabled
                && !matches!(rules.judge(other.certified_at, self.now), Certification::Current { .. })
        };
        Ok(undated(staff::list(conn)?.iter().filter(is_due).count()))
    }

    fn clients_due(&self, conn: &mut AnyConnection) -> Result<Dated, StoreError> {
        let rules = self.app.session_rules.certification;
        let clients = clients::list(conn)?;
        let due = clients.iter().filter(|client| {
            client.is_enabled && !matches!(rules.judge(client.certified_at, self.now), Certification::Current { .. })
        });
        Ok(undated(due.count()))
    }

    /// Whether nobody has verified the log for a week, reckoned from its first entry when nobody ever has.
    fn is_log_unverified(&self, conn: &mut AnyConnection) -> Result<bool, StoreError> {
        let since = match verifications::find_last(conn)? {
            Some(last) => Some(last.ended_at),
            None => audit::find_entry_by_seq(conn, 0)?.map(|first| first.at),
        };
        let week_ago = (self.now - VERIFIED_EVERY).timestamp_micros();
        Ok(since.is_some_and(|since| since <= week_ago))
    }

    /// Due at the instant at which the account would be suspended.
    fn own_access(&self, conn: &mut AnyConnection) -> Result<Dated, StoreError> {
        Ok(match self.app.session_rules.standing_of(conn, self.holder, self.now)? {
            Certification::Current { .. } => Dated::default(),
            Certification::Overdue { suspended_at } => Dated { count: 1, first_due_at: Some(suspended_at) },
            Certification::Suspended => undated(1),
        })
    }
}

/// Whether the last verification of the log found something that does not fit.
fn is_altered(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(verifications::find_last(conn)?.is_some_and(|last| last.fault.is_some()))
}

const fn undated(count: usize) -> Dated {
    Dated { count, first_due_at: None }
}
