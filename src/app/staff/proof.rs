//! Proof that somebody is who they say: a password and a second factor.
//!
//! What is expensive is checked before the writer's turn; what works only once, and what may have changed meanwhile, is
//! judged inside the transaction.

use super::SecondFactor;
use super::links::open_totp;
use super::recovery::hash_of;
use super::totp::TotpSecret;
use crate::app::App;
use crate::domain::StaffId;
use crate::domain::staff::password;
use crate::ledger::Turn;
use crate::storage::StoreError;
use crate::storage::staff_credentials::{self, StoredCredentials, totp_place};

/// A proof about an account that has credentials.
pub(super) struct Proof {
    password: Option<CheckedPassword>,
    second: Second,
}

struct CheckedPassword {
    /// What it was checked against: it may have been changed meanwhile.
    hash: String,
    is_right: bool,
}

enum Second {
    /// The time step whose code was given, if it was a right one.
    Step(Option<i64>),
    RecoveryCode([u8; 32]),
}

impl App {
    /// Checks what was given. Without credentials a decoy is checked, which takes as long, and there is no proof.
    pub(super) fn prove(
        &self,
        credentials: Option<(StaffId, StoredCredentials)>,
        password: Option<&str>,
        second: &SecondFactor,
    ) -> Result<Option<Proof>, StoreError> {
        let hash = credentials.as_ref().map(|(_, credentials)| credentials.password_hash.as_str());
        let is_right = password.map(|password| self.hasher.verify(&password::normalised(password), hash));
        let totp = match &credentials {
            Some((id, credentials)) => open_totp(&self.sealer, &totp_place(*id), &credentials.sealed_totp)?,
            None => TotpSecret::decoy(),
        };
        let second = match second {
            SecondFactor::Totp(code) => Second::Step(totp.step_of(code, self.clock.now())),
            SecondFactor::RecoveryCode(code) => Second::RecoveryCode(hash_of(code)),
        };
        let Some((_, StoredCredentials { password_hash, .. })) = credentials else { return Ok(None) };
        let password = is_right.map(|is_right| CheckedPassword { hash: password_hash, is_right });
        Ok(Some(Proof { password, second }))
    }
}

impl Proof {
    /// The same password at today's costs, if it is right and was hashed at lower ones.
    pub(super) fn better_hash(&self, app: &App, typed: &str) -> Option<String> {
        let checked = self.password.as_ref()?;
        let is_due = checked.is_right && app.hasher.is_outdated(&checked.hash);
        is_due.then(|| app.hasher.hash(&password::normalised(typed), app.entropy.as_ref()).ok()).flatten()
    }

    /// Whether the proof holds, and by which second factor; else the reason, for the log alone. The second factor comes
    /// last: it is used up by this.
    pub(super) fn judge(
        &self,
        turn: &mut Turn<'_, '_>,
        id: StaffId,
    ) -> Result<Result<&'static str, &'static str>, StoreError> {
        let Some(credentials) = staff_credentials::find(turn.tx.conn(), id)? else { return Ok(Err("not_active")) };
        let is_wrong = |checked: &CheckedPassword| !checked.is_right || checked.hash != credentials.password_hash;
        if self.password.as_ref().is_some_and(is_wrong) {
            return Ok(Err("wrong_password"));
        }
        match self.second {
            Second::Step(Some(step)) if step > credentials.totp_step => {
                staff_credentials::set_totp_step(turn.tx, id, step)?;
                Ok(Ok("totp"))
            }
            Second::Step(Some(_)) => Ok(Err("used_code")),
            Second::Step(None) => Ok(Err("wrong_code")),
            Second::RecoveryCode(hash) => {
                let is_good = staff_credentials::use_recovery_code(turn.tx, id, &hash, turn.now)?;
                Ok(if is_good { Ok("recovery_code") } else { Err("wrong_code") })
            }
        }
    }
}
