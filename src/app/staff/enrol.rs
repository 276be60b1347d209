//! Sets a password and a second factor by a one-time link. Once: the link is judged in the transaction that uses it.

use std::str::FromStr as _;

use zeroize::Zeroizing;

use super::act::Act;
use super::links::{find_open, open_totp};
use super::recovery::RecoveryCodes;
use crate::app::authority::{OPERATOR, token_hash};
use crate::app::secret::SecretError;
use crate::app::{App, ChangeFailure};
use crate::clock::uuid_v7;
use crate::domain::StaffId;
use crate::domain::record::EventKind;
use crate::domain::staff::password::{self, PasswordError};
use crate::domain::staff::{AccountStatus, Role, Roles, Staff, Username, UsernameError, is_name};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::staff_credentials::{self, StoredCredentials};
use crate::storage::{StoreError, one_time_links, staff};

/// What somebody enrols with.
pub struct NewCredentials {
    /// The new password, as it was typed.
    pub password: Zeroizing<String>,
    /// A code from the app that was set up.
    pub code: Zeroizing<String>,
    /// The first admin chooses a name to sign in with; everybody else has one.
    pub username: Option<String>,
    /// What people call the first admin.
    pub name: Option<String>,
}

/// Somebody who can sign in from now on.
pub struct Enrolled {
    /// The name to sign in with.
    pub username: Username,
    /// Shown this once.
    pub recovery_codes: RecoveryCodes,
}

/// Why somebody was not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The link is unknown, was used, or is too old: which one is not said.
    #[error("the link is not good, or no longer")]
    NoLink,
    /// The code is not the app's.
    #[error("the code is not right: set the app up again, and look at this machine's clock")]
    Code,
    /// The password is refused.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The first admin did not say by which name.
    #[error("the first admin chooses a username and a name")]
    NameNeeded,
    /// Everybody else has a name already.
    #[error("the account has a username and a name already")]
    NameGiven,
    /// The name is refused.
    #[error(transparent)]
    Username(#[from] UsernameError),
    /// The first admin's name is empty, or longer than anybody's.
    #[error("a name has 1 to 100 characters, and none that cannot be seen")]
    Name,
    /// The name is taken.
    #[error("this username is taken")]
    Taken,
    /// The password could not be hashed.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// A failed enrolment.
pub type EnrolFailure = ChangeFailure<EnrolError>;

impl App {
    /// Enrols whoever holds the link. Blocks for as long as Argon2 takes.
    ///
    /// # Errors
    /// Why nobody was enrolled.
    pub fn enrol(&self, token: &str, new: &NewCredentials) -> Result<Enrolled, EnrolFailure> {
        let refuse = |error: EnrolError| ChangeFailure::Refused(error);
        let link = self.find_enrolment(token)?;
        let holder = link.as_ref().and_then(|link| link.holder.as_ref());
        let named = match (&link, holder) {
            (Some(_), None) => Some(named(new).map_err(refuse)?),
            (Some(_), Some(_)) if new.username.is_some() || new.name.is_some() => {
                return Err(refuse(EnrolError::NameGiven));
            }
            _ => None,
        };
        let username = holder.map(|holder| &holder.username).or(named.as_ref().map(|(username, _)| username));
        let plain = password::normalised(&new.password);
        password::check(&plain, username.map_or("", Username::as_str)).map_err(|error| refuse(error.into()))?;
        let step = link.as_ref().and_then(|link| link.totp.step_of(&new.code, self.clock.now()));
        let password_hash = self.hasher.hash(&plain, self.entropy.as_ref()).map_err(|error| refuse(error.into()))?;
        let recovery_codes = RecoveryCodes::draw(self.entropy.as_ref())?;
        let enrol = self.enrolment(token, named, step, password_hash, recovery_codes.hashes())?;
        let username = self.ledger.change_blocking(enrol)?.map_err(ChangeFailure::Refused)?;
        Ok(Enrolled { username, recovery_codes })
    }

    fn enrolment(
        &self,
        token: &str,
        named: Option<(Username, String)>,
        step: Option<i64>,
        password_hash: String,
        recovery_hashes: Vec<[u8; 32]>,
    ) -> Result<Enrol, EnrolFailure> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        Ok(Enrol {
            token_hash: token_hash(token),
            fresh: StaffId::new(uuid_v7(self.clock.now(), &random)),
            named,
            step,
            password_hash,
            recovery_hashes,
            sealer: self.sealer.clone(),
            nonce: self.draw_nonce()?,
            act: self.act("anonymous", EventKind::StaffEnrolled)?,
        })
    }
}

fn named(new: &NewCredentials) -> Result<(Username, String), EnrolError> {
    let (Some(username), Some(name)) = (&new.username, &new.name) else { return Err(EnrolError::NameNeeded) };
    if !is_name(name) {
        return Err(EnrolError::Name);
    }
    Ok((Username::from_str(username)?, name.clone()))
}

struct Enrol {
    token_hash: [u8; 32],
    /// The id of an account that is made now.
    fresh: StaffId,
    named: Option<(Username, String)>,
    /// The time step whose code was given, if it was a right one.
    step: Option<i64>,
    password_hash: String,
    recovery_hashes: Vec<[u8; 32]>,
    sealer: crate::keys::Sealer,
    nonce: [u8; 24],
    act: Act,
}

impl Change for Enrol {
    type Output = Username;
    type Refusal = EnrolError;

    fn apply(mut self, turn: &mut Turn<'_, '_>) -> Result<Username, ChangeError<EnrolError>> {
        let Some((link, holder)) = find_open(turn.tx.conn(), &self.token_hash, turn.now)? else {
            return Err(self.act.refused(turn.now, [], EnrolError::NoLink));
        };
        let about = [("link", link.kind.to_string())];
        if let Some(holder) = &holder {
            self.act.actor = holder.username.to_string();
        }
        let Some(totp_step) = self.step else {
            return Err(self.act.refused(turn.now, about, EnrolError::Code));
        };
        let (id, username) = match holder {
            Some(holder) => (holder.id, holder.username),
            None => match self.make_first_admin(turn)? {
                Ok(made) => made,
                Err(reason) => return Err(self.act.refused(turn.now, about, reason)),
            },
        };
        let place = one_time_links::totp_place(&self.token_hash);
        let totp = open_totp(&self.sealer, &place, &link.sealed_totp)?;
        let sealed_totp = self.sealer.seal(self.nonce, &staff_credentials::totp_place(id), totp.as_bytes());
        let credentials = StoredCredentials { password_hash: self.password_hash, sealed_totp, totp_step };
        staff_credentials::enrol(turn.tx, id, &credentials, turn.now)?;
        staff_credentials::set_recovery_codes(turn.tx, id, &self.recovery_hashes)?;
        one_time_links::end_all(turn.tx, link.staff, turn.now)?;
        self.act.actor = username.to_string();
        self.act.done(turn, about.into_iter().chain([("staff", id.to_string())]));
        Ok(username)
    }
}

impl Enrol {
    /// The account of the first admin. Whoever runs the machine handed out the link, and certifies the account by that.
    fn make_first_admin(
        &mut self,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<(StaffId, Username), EnrolError>, StoreError> {
        let Some((username, name)) = self.named.take() else { return Ok(Err(EnrolError::NameNeeded)) };
        if staff::find_by_username(turn.tx.conn(), &username)?.is_some() {
            return Ok(Err(EnrolError::Taken));
        }
        let Ok(roles) = Roles::new([Role::Admin]) else { unreachable!("one role excludes no other") };
        let first = Staff {
            id: self.fresh,
            username: username.clone(),
            name,
            status: AccountStatus::Invited,
            roles,
            created_at: turn.now,
            last_sign_in_at: None,
            certified_by: OPERATOR.to_owned(),
            certified_at: turn.now,
        };
        staff::insert(turn.tx, &first)?;
        Ok(Ok((self.fresh, username)))
    }
}
