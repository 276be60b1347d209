//! Access tokens: OAuth 2 client credentials (RFC 6749 §4.4) for short-lived JWTs (RFC 7519).
//!
//! A token proves only who calls and since when. What the client may do is judged by its row, inside the transaction that
//! records the answer, so that disabling a client or rotating its secret works at once.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{PoisonError, RwLock};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{App, ChangeFailure};
use crate::domain::ClientId;
use crate::domain::record::EventKind;
use crate::domain::staff::{Certification, CertificationRules};
use crate::ledger::{Change, ChangeError, Stamp, Turn};
use crate::storage::clients;

/// Tokens remembered as verified; beyond that all are forgotten and verified again.
const CACHED_TOKENS: usize = 10_000;

/// Who calls: a client, by a token of this instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The client.
    pub client: ClientId,
    /// When its token was issued.
    pub issued_at: DateTime<Utc>,
}

/// Why a caller was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallerError {
    /// The token is not one of ours, or is altered.
    #[error("the access token is not valid")]
    Invalid,
    /// The token is too old.
    #[error("the access token has expired")]
    Expired,
    /// The client is disabled, or has a new secret since.
    #[error("the client may no longer use this access token")]
    NotAuthorized,
}

/// The credentials were refused: unknown client, wrong secret or disabled client, which is not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the client credentials are not valid")]
pub struct CredentialsRefused;

/// A new access token.
pub struct AccessToken {
    /// The JWT.
    pub token: Zeroizing<String>,
    /// Seconds until it expires.
    pub expires_in: u64,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    iss: String,
    /// Microseconds since the epoch: a rotation counts to the microsecond, and JWT's own seconds do not.
    iat_us: i64,
    exp: i64,
}

#[derive(Default)]
pub(super) struct TokenCache(RwLock<HashMap<Box<str>, (Caller, i64)>>);

impl App {
    /// Exchanges credentials for an access token. Blocks for as long as Argon2 takes. Both outcomes leave an entry if the
    /// client exists.
    ///
    /// # Errors
    /// [`CredentialsRefused`], without saying which part was wrong; or why the entry could not be made.
    pub fn issue_token(&self, client_id: &str, secret: &str) -> Result<AccessToken, ChangeFailure<CredentialsRefused>> {
        let id: Option<ClientId> = client_id.parse().ok();
        let found = match &id {
            Some(id) => self.store.read(|conn| clients::find(conn, id))?,
            None => None,
        };
        let hash = found.as_ref().map(|(_, hash)| hash.as_str());
        let is_right = self.hasher.verify(secret, hash);
        let Some((client, hash)) = found else { return Err(ChangeFailure::Refused(CredentialsRefused)) };
        let rules = self.session_rules.certification;
        let issue = Issue { id: client.id.clone(), checked_hash: hash, is_right, rules, stamp: self.stamp()? };
        let (issued_at, standing) = match self.ledger.change_blocking(issue)? {
            Ok(Some(issued)) => issued,
            Ok(None) => return Err(ChangeFailure::Refused(CredentialsRefused)),
            Err(never) => match never {},
        };
        self.warn_once(&client.id, standing);
        let token = self.sign_token(&client.id, issued_at).ok_or(ChangeFailure::Refused(CredentialsRefused))?;
        Ok(AccessToken { token: Zeroizing::new(token), expires_in: self.token_lifetime.as_secs() })
    }

    /// Who calls with this token. Verified tokens are remembered until they expire.
    ///
    /// # Errors
    /// Why the token is not accepted.
    pub fn caller(&self, token: &str) -> Result<Caller, CallerError> {
        let now = self.clock.now().timestamp();
        if let Some((caller, expires_at)) = self.token_cache.find(token) {
            return if now < expires_at { Ok(caller) } else { Err(CallerError::Expired) };
        }
        let (caller, expires_at) = self.verify_token(token)?;
        if now >= expires_at {
            return Err(CallerError::Expired);
        }
        self.token_cache.insert(token, caller.clone(), expires_at);
        Ok(caller)
    }

    /// Says in the service's own log that a client is overdue for its review: once for each process, not with each token.
    fn warn_once(&self, client: &ClientId, standing: Certification) {
        let Certification::Overdue { suspended_at } = standing else { return };
        if self.warned_about.lock().unwrap_or_else(PoisonError::into_inner).insert(client.clone()) {
            tracing::warn!(%client, %suspended_at, "this client is overdue for its access review");
        }
    }

    fn sign_token(&self, client: &ClientId, issued_at: DateTime<Utc>) -> Option<String> {
        let (kid, key) = self.token_keys.active();
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid.to_owned());
        let lifetime = i64::try_from(self.token_lifetime.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            sub: client.to_string(),
            iss: self.names().base().to_owned(),
            iat_us: issued_at.timestamp_micros(),
            exp: issued_at.timestamp().saturating_add(lifetime),
        };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key)).ok()
    }

    fn verify_token(&self, token: &str) -> Result<(Caller, i64), CallerError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| CallerError::Invalid)?;
        let key = header.kid.as_deref().and_then(|kid| self.token_keys.by_kid(kid)).ok_or(CallerError::Invalid)?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[self.names().base()]);
        validation.set_required_spec_claims(&["exp", "sub", "iss"]);
        // Expiry is judged by our own clock, below and on every later use.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(key), &validation)
            .map_err(|_| CallerError::Invalid)?
            .claims;
        let caller = Caller {
            client: claims.sub.parse().map_err(|_| CallerError::Invalid)?,
            issued_at: DateTime::from_timestamp_micros(claims.iat_us).ok_or(CallerError::Invalid)?,
        };
        Ok((caller, claims.exp))
    }
}

impl TokenCache {
    fn find(&self, token: &str) -> Option<(Caller, i64)> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    fn insert(&self, token: &str, caller: Caller, expires_at: i64) {
        let mut cached = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if cached.len() >= CACHED_TOKENS {
            cached.clear();
        }
        cached.insert(token.into(), (caller, expires_at));
    }
}

/// Records that a token was issued or refused, judging the client as it stands in the transaction.
struct Issue {
    id: ClientId,
    /// The hash that the secret was checked against: it may have been rotated away meanwhile.
    checked_hash: String,
    is_right: bool,
    rules: CertificationRules,
    stamp: Stamp,
}

impl Change for Issue {
    type Output = Option<(DateTime<Utc>, Certification)>;
    type Refusal = Infallible;

    fn apply(self, turn: &mut Turn<'_, '_>) -> Result<Self::Output, ChangeError<Infallible>> {
        let found = clients::find(turn.tx.conn(), &self.id)?;
        let current = found.filter(|(client, hash)| client.is_enabled && *hash == self.checked_hash && self.is_right);
        let standing = current.map(|(client, _)| self.rules.judge(client.certified_at, turn.now));
        let (kind, about) = match standing {
            Some(Certification::Suspended) => {
                (EventKind::TokenRefused, Some(("reason", "client_suspended".to_owned())))
            }
            Some(_) => (EventKind::TokenIssued, None),
            None => (EventKind::TokenRefused, None),
        };
        turn.entries.append(self.stamp.event(turn.now, kind, self.id.as_str(), about));
        let Some(standing) = standing.filter(|standing| *standing != Certification::Suspended) else { return Ok(None) };
        clients::set_last_token(turn.tx, &self.id, turn.now)?;
        Ok(Some((turn.now, standing)))
    }
}
