//! Signing in: a password and a second factor for a session.
//!
//! Whatever is wrong, the answer is the same and takes as long. The expensive checks are made before the writer's turn;
//! what may happen only once, and what may have changed meanwhile, is judged inside the transaction.

mod guarded;
mod open;

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::links::open_totp;
use super::recovery::hash_of;
use super::totp::TotpSecret;
use crate::app::authority::{SESSION_TOKEN_PREFIX, token_hash};
use crate::app::secret::draw_secret;
use crate::app::{App, ChangeFailure};
use crate::clock::uuid_v7;
use crate::domain::staff::{Username, password};
use crate::domain::{SessionId, StaffId};
use crate::storage::staff_credentials::{self, totp_place};
use crate::storage::{StoreError, staff};

use guarded::Guarded;
use open::Open;

/// An attempt to sign in.
pub struct SignIn {
    /// The name as it was sent.
    pub username: String,
    /// The password as it was sent.
    pub password: Zeroizing<String>,
    /// The second factor.
    pub second: SecondFactor,
    /// The network address that it comes from.
    pub address: String,
}

/// What somebody has besides a password.
pub enum SecondFactor {
    /// A code from their app.
    Totp(Zeroizing<String>),
    /// One of their recovery codes.
    RecoveryCode(Zeroizing<String>),
}

/// A session that was opened.
pub struct SignedIn {
    /// Opens it; shown this once.
    pub token: Zeroizing<String>,
    /// When it ends, used or not.
    pub expires_at: DateTime<Utc>,
    /// When the account is suspended if nobody certifies it; none while its certification counts.
    pub suspended_at: Option<DateTime<Utc>>,
}

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Something is not right; what, is not said.
    #[error("username, password or code are not right, or the account cannot be used")]
    Refused,
    /// There were too many failures.
    #[error("too many failed attempts; wait, then try again")]
    Wait {
        /// Whole seconds, rounded up.
        seconds: u32,
    },
}

impl App {
    /// Opens a session. Blocks for as long as Argon2 takes. Every attempt leaves an entry.
    ///
    /// # Errors
    /// Why nobody was let in, or why the entry could not be made.
    pub fn sign_in(&self, attempt: &SignIn) -> Result<SignedIn, ChangeFailure<SignInError>> {
        let checked = self.check(attempt)?;
        let token = Zeroizing::new(format!("{SESSION_TOKEN_PREFIX}{}", draw_secret(self.entropy.as_ref())?.as_str()));
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        let open = Open {
            checked,
            id: SessionId::new(uuid_v7(self.clock.now(), &random)),
            token_hash: token_hash(&token),
            address: attempt.address.clone(),
            guarded: Guarded::of(&self.guard_key, attempt, self.staff_rules.back_off),
            rules: self.session_rules,
            stamp: self.stamp()?,
        };
        match self.ledger.change_blocking(open)? {
            Ok(Ok((expires_at, suspended_at))) => Ok(SignedIn { token, expires_at, suspended_at }),
            Ok(Err(error)) => Err(ChangeFailure::Refused(error)),
            Err(never) => match never {},
        }
    }

    /// What can be checked before the writer's turn. Without an account, a decoy is checked that takes as long.
    fn check(&self, attempt: &SignIn) -> Result<Option<Checked>, ChangeFailure<SignInError>> {
        let username: Option<Username> = attempt.username.parse().ok();
        let found = match &username {
            Some(username) => self.store.read(|conn| -> Result<_, StoreError> {
                let Some(holder) = staff::find_by_username(conn, username)? else { return Ok(None) };
                let credentials = staff_credentials::find(conn, holder.id)?;
                Ok(Some((holder, credentials)))
            })?,
            None => None,
        };
        let credentials = found.as_ref().and_then(|(_, credentials)| credentials.as_ref());
        let plain = password::normalised(&attempt.password);
        let hash = credentials.map(|credentials| credentials.password_hash.as_str());
        let is_password_right = self.hasher.verify(&plain, hash);
        let totp = match (&found, credentials) {
            (Some((holder, _)), Some(credentials)) => {
                open_totp(&self.sealer, &totp_place(holder.id), &credentials.sealed_totp)?
            }
            _ => TotpSecret::decoy(),
        };
        let second = match &attempt.second {
            SecondFactor::Totp(code) => Second::Step(totp.step_of(code, self.clock.now())),
            SecondFactor::RecoveryCode(code) => Second::RecoveryCode(hash_of(code)),
        };
        let Some((holder, credentials)) = found else { return Ok(None) };
        let checked_hash = credentials.map(|credentials| credentials.password_hash);
        let better_hash = match &checked_hash {
            Some(hash) if is_password_right && self.hasher.is_outdated(hash) => {
                self.hasher.hash(&plain, self.entropy.as_ref()).ok()
            }
            _ => None,
        };
        Ok(Some(Checked { id: holder.id, checked_hash, is_password_right, second, better_hash }))
    }
}

/// What was found about an account that exists.
struct Checked {
    id: StaffId,
    /// What the password was checked against: it may have been changed meanwhile.
    checked_hash: Option<String>,
    is_password_right: bool,
    second: Second,
    /// The same password at today's costs, if it was hashed at lower ones.
    better_hash: Option<String>,
}

enum Second {
    Step(Option<i64>),
    RecoveryCode([u8; 32]),
}
