//! Changes of one's own credentials: a new password, new recovery codes. Whoever holds a session alone may do neither: the
//! second factor is asked for again, and whoever fails has to wait as at sign-in.

use std::convert::Infallible;

use zeroize::Zeroizing;

use super::SecondFactor;
use super::act::Act;
use super::proof::Proof;
use super::recovery::RecoveryCodes;
use super::sign_in::Guarded;
use crate::app::authority::{Authority, StaffFailure, StaffRefusal, UseOwnAccount};
use crate::app::secret::SecretError;
use crate::app::{App, ChangeFailure};
use crate::domain::record::EventKind;
use crate::domain::staff::password::{self, PasswordError};
use crate::domain::{SessionId, StaffId};
use crate::ledger::{Change, ChangeError, Turn};
use crate::storage::{StoreError, sessions, staff, staff_credentials};

/// What somebody shows, beside their session, to change their credentials.
pub struct Shown {
    /// The present password; where it is asked for.
    pub password: Option<Zeroizing<String>>,
    /// A code from their app.
    pub code: Zeroizing<String>,
    /// The network address that it comes from.
    pub address: String,
}

/// Why credentials were not changed.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The password or the code is wrong; which one is not said.
    #[error("the present password or the code is not right")]
    Proof,
    /// There were too many failures.
    #[error("too many failed attempts; wait, then try again")]
    Wait {
        /// Whole seconds, rounded up.
        seconds: u32,
    },
    /// The new password is refused.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The new password could not be hashed.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// A failed change of one's own credentials.
pub type CredentialsFailure = StaffFailure<CredentialsError>;

impl App {
    /// Puts a new password in the place of the old one, and ends every session but this one.
    ///
    /// # Errors
    /// Why the password is still the old one.
    pub fn change_password(
        &self,
        who: &Authority<UseOwnAccount>,
        shown: &Shown,
        new: &str,
    ) -> Result<(), CredentialsFailure> {
        let new = password::normalised(new);
        password::check(&new, who.actor()).map_err(|error| refused(error.into()))?;
        let hash = self.hasher.hash(&new, self.entropy.as_ref()).map_err(|error| refused(error.into()))?;
        self.change_credentials(who, shown, EventKind::PasswordChanged, New::Password { hash, but: who.session() })
    }

    /// Draws new recovery codes; the old ones no longer count.
    ///
    /// # Errors
    /// Why the codes are still the old ones.
    pub fn draw_recovery_codes(
        &self,
        who: &Authority<UseOwnAccount>,
        shown: &Shown,
    ) -> Result<RecoveryCodes, CredentialsFailure> {
        let codes = RecoveryCodes::draw(self.entropy.as_ref())?;
        self.change_credentials(who, shown, EventKind::RecoveryCodesDrawn, New::Codes(codes.hashes()))?;
        Ok(codes)
    }

    fn change_credentials(
        &self,
        who: &Authority<UseOwnAccount>,
        shown: &Shown,
        kind: EventKind,
        new: New,
    ) -> Result<(), CredentialsFailure> {
        let credentials = match who.staff() {
            Some(id) => self.store.read(|conn| staff_credentials::find(conn, id))?.map(|found| (id, found)),
            None => None,
        };
        let second = SecondFactor::Totp(shown.code.clone());
        let proof = self.prove(credentials, shown.password.as_ref().map(|password| password.as_str()), &second)?;
        let guarded = self.guarded(who.actor(), &shown.address);
        let act = self.act(who.actor(), kind)?;
        let address = shown.address.clone();
        let change = Renew { staff: who.staff(), proof, guarded, address, new, act };
        match self.change_by_blocking(who, change) {
            Ok(judged) => judged.map_err(refused),
            Err(failure) => Err(never(failure)),
        }
    }
}

fn refused(error: CredentialsError) -> CredentialsFailure {
    ChangeFailure::Refused(StaffRefusal::Change(error))
}

/// The change itself refuses by its output, so that the failure it counts is not undone.
fn never(failure: StaffFailure<Infallible>) -> CredentialsFailure {
    match failure {
        ChangeFailure::Refused(StaffRefusal::AuthorityLost) => ChangeFailure::Refused(StaffRefusal::AuthorityLost),
        ChangeFailure::Refused(StaffRefusal::AlreadyDone) => ChangeFailure::Refused(StaffRefusal::AlreadyDone),
        ChangeFailure::Refused(StaffRefusal::Change(never)) => match never {},
        ChangeFailure::Ledger(error) => ChangeFailure::Ledger(error),
        ChangeFailure::Store(error) => ChangeFailure::Store(error),
        ChangeFailure::Entropy(error) => ChangeFailure::Entropy(error),
    }
}

enum New {
    Password { hash: String, but: Option<SessionId> },
    Codes(Vec<[u8; 32]>),
}

struct Renew {
    staff: Option<StaffId>,
    proof: Option<Proof>,
    guarded: Guarded,
    address: String,
    new: New,
    act: Act,
}

impl Change for Renew {
    type Output = Result<(), CredentialsError>;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        let holder = match self.staff {
            Some(id) => staff::find(turn.tx.conn(), id)?,
            None => None,
        };
        if let Some(seconds) = self.guarded.wait(turn, holder.as_ref(), &self.address)? {
            return Ok(Err(self.refuse(turn, CredentialsError::Wait { seconds })));
        }
        let (Some(holder), Some(proof)) = (holder, &self.proof) else {
            return Ok(Err(self.refuse(turn, CredentialsError::Proof)));
        };
        if proof.judge(turn, holder.id)?.is_err() {
            self.guarded.note_failure(turn)?;
            return Ok(Err(self.refuse(turn, CredentialsError::Proof)));
        }
        let about = self.new.put(turn, holder.id)?;
        self.act.done(turn, about);
        Ok(Ok(()))
    }
}

impl Renew {
    fn refuse(self, turn: &mut Turn<'_, '_>, reason: CredentialsError) -> CredentialsError {
        turn.entries.append(self.act.refusal(turn.now, [], &reason));
        reason
    }
}

impl New {
    fn put(&self, turn: &mut Turn<'_, '_>, id: StaffId) -> Result<Option<(&'static str, String)>, StoreError> {
        match self {
            Self::Password { hash, but } => {
                staff_credentials::set_password(turn.tx, id, hash, turn.now)?;
                let ended = sessions::end_all(turn.tx, id, *but, turn.now)?;
                Ok(Some(("ended_sessions", ended.to_string())))
            }
            Self::Codes(hashes) => {
                staff_credentials::set_recovery_codes(turn.tx, id, hashes)?;
                Ok(None)
            }
        }
    }
}
