//! The access review: who and what has access, how much, whether it is used, and who said when that it is needed.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::app::authority::{Authority, ReadAccessReview};
use crate::domain::client::Client;
use crate::domain::staff::{Certification, CertificationRules, Staff};
use crate::storage::{StoreError, clients, sessions, staff, staff_credentials};

/// Everybody and everything with access, at an instant.
pub struct AccessReview {
    /// The instant.
    pub now: DateTime<Utc>,
    /// How often access is reviewed.
    pub rules: CertificationRules,
    /// Accounts, by username.
    pub accounts: Vec<ReviewedAccount>,
    /// Clients, by id.
    pub clients: Vec<ReviewedClient>,
}

/// An account under review.
pub struct ReviewedAccount {
    /// The account.
    pub holder: Staff,
    /// Where it stands.
    pub standing: Certification,
    /// When it was used last, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether a second factor is set up.
    pub has_second_factor: bool,
    /// Recovery codes that are still unused.
    pub recovery_codes: i64,
}

/// A client under review.
pub struct ReviewedClient {
    /// The client.
    pub client: Client,
    /// Where it stands.
    pub standing: Certification,
    /// When it was given a token last.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl App {
    /// The access review as it stands now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn access_review(&self, _: &Authority<ReadAccessReview>) -> Result<AccessReview, StoreError> {
        let (now, rules) = (self.clock.now(), self.session_rules);
        self.store.read(|conn| {
            let used = sessions::last_seen(conn)?;
            let mut accounts = Vec::new();
            for holder in staff::list(conn)? {
                accounts.push(ReviewedAccount {
                    standing: rules.standing_of(conn, &holder, now)?,
                    last_used_at: used.get(&holder.id).copied().max(holder.last_sign_in_at),
                    has_second_factor: staff_credentials::find(conn, holder.id)?.is_some(),
                    recovery_codes: staff_credentials::count_recovery_codes(conn, holder.id)?,
                    holder,
                });
            }
            let given = clients::last_tokens(conn)?;
            let reviewed = |client: Client| ReviewedClient {
                standing: rules.certification.judge(client.certified_at, now),
                last_used_at: given.get(&client.id).copied(),
                client,
            };
            let clients = clients::list(conn)?.into_iter().map(reviewed).collect();
            Ok(AccessReview { now, rules: rules.certification, accounts, clients })
        })
    }
}
