//! People: how they are invited, enrol, sign in, and what an admin does about their accounts. One operation a file.
//!
//! Passwords, codes and tokens are never stored, logged or recorded: only what they can be checked by.

mod account;
mod act;
mod administer;
mod certify;
mod credentials;
mod enrol;
mod first_admin;
mod invite;
mod links;
mod proof;
mod recovery;
mod review;
mod show;
mod sign_in;
mod sign_out;
mod totp;

pub use account::OwnAccount;
pub use administer::{AdministerError, AdministerFailure};
pub use certify::CertifyError;
pub use credentials::{CredentialsError, CredentialsFailure, Shown};
pub use enrol::{EnrolError, Enrolled, NewCredentials};
pub use invite::{InviteError, Invited, NewStaff};
pub use links::{Enrolment, OneTimeLink};
pub use recovery::RecoveryCodes;
pub use review::{AccessReview, ReviewedAccount, ReviewedClient};
pub use show::StaffInFull;
pub use sign_in::{SecondFactor, SignIn, SignInError, SignedIn};
pub use sign_out::NoSuchSession;
pub use totp::TotpSecret;

use chrono::TimeDelta;

use crate::domain::staff::BackOffRules;

/// How staff enrol, and what failing to sign in costs.
#[derive(Debug, Clone)]
pub struct StaffRules {
    /// A one-time link is good this long.
    pub link_lifetime: TimeDelta,
    /// When failures make somebody wait.
    pub back_off: BackOffRules,
    /// How the outside names this server; links begin with it.
    pub public_url: String,
}
