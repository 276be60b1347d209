//! Signing in: a password and a second factor for a session.
//!
//! Whatever is wrong, the answer is the same and takes as long. The expensive checks are made before the writer's turn;
//! what may happen only once, and what may have changed meanwhile, is judged inside the transaction.

mod guarded;
mod open;

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::proof::Proof;
use crate::app::authority::{SESSION_TOKEN_PREFIX, token_hash};
use crate::app::secret::draw_secret;
use crate::app::{App, ChangeFailure};
use crate::clock::uuid_v7;
use crate::domain::staff::Username;
use crate::domain::{SessionId, StaffId};
use crate::storage::{StoreError, staff, staff_credentials};

use open::Open;

pub(super) use guarded::Guarded;

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
            guarded: self.guarded(&attempt.username, &attempt.address),
            rules: self.session_rules,
            stamp: self.stamp()?,
        };
        match self.ledger.change_blocking(open)? {
            Ok(Ok((expires_at, suspended_at))) => Ok(SignedIn { token, expires_at, suspended_at }),
            Ok(Err(error)) => Err(ChangeFailure::Refused(error)),
            Err(never) => match never {},
        }
    }

    /// What can be checked before the writer's turn.
    fn check(&self, attempt: &SignIn) -> Result<Option<Checked>, ChangeFailure<SignInError>> {
        let username: Option<Username> = attempt.username.parse().ok();
        let found = match &username {
            Some(username) => self.store.read(|conn| -> Result<_, StoreError> {
                let Some(holder) = staff::find_by_username(conn, username)? else { return Ok(None) };
                let credentials = staff_credentials::find(conn, holder.id)?;
                Ok(Some((holder.id, credentials)))
            })?,
            None => None,
        };
        let credentials = found.clone().and_then(|(id, credentials)| Some((id, credentials?)));
        let proof = self.prove(credentials, Some(&attempt.password), &attempt.second)?;
        let better_hash = proof.as_ref().and_then(|proof| proof.better_hash(self, &attempt.password));
        Ok(found.map(|(id, _)| Checked { id, proof, better_hash }))
    }
}

/// What was found about an account that exists.
struct Checked {
    id: StaffId,
    /// None before its holder has enrolled.
    proof: Option<Proof>,
    /// The same password at today's costs, if it was hashed at lower ones.
    better_hash: Option<String>,
}
