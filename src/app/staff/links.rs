//! One-time links: whoever holds one may set a password and a second factor for the account it is for, once.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::StaffRules;
use super::totp::TotpSecret;
use crate::app::App;
use crate::app::authority::token_hash;
use crate::app::secret::draw_secret;
use crate::clock::EntropyError;
use crate::domain::StaffId;
use crate::domain::staff::{AccountStatus, LinkKind, Staff};
use crate::keys::Sealer;
use crate::storage::one_time_links::{self, StoredLink, totp_place};
use crate::storage::{AnyConnection, StoreError, WriteTx, staff};

/// A link that was made, shown this once.
pub struct OneTimeLink {
    /// What its holder opens.
    pub url: Zeroizing<String>,
    /// The secret part of it.
    pub token: Zeroizing<String>,
    /// From when on it is no longer good.
    pub expires_at: DateTime<Utc>,
}

/// What a good link shows to whoever holds it.
pub struct Enrolment {
    /// What it is for.
    pub kind: LinkKind,
    /// Whose account it opens; none for the first admin.
    pub holder: Option<Staff>,
    /// From when on it is no longer good.
    pub expires_at: DateTime<Utc>,
    /// The second factor to set up.
    pub totp: TotpSecret,
}

/// A link before it is stored.
pub(super) struct DrawnLink {
    token: Zeroizing<String>,
    token_hash: [u8; 32],
    sealed_totp: Vec<u8>,
    rules: StaffRules,
}

impl DrawnLink {
    /// Stores the link in the place of every older one for the same account.
    pub(super) fn store(
        self,
        tx: &mut WriteTx<'_>,
        kind: LinkKind,
        staff: Option<StaffId>,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<OneTimeLink, StoreError> {
        let Self { token, token_hash, sealed_totp, rules } = self;
        let expires_at = now + rules.link_lifetime;
        let created_by = by.to_owned();
        let link = StoredLink { kind, staff, sealed_totp, created_by, created_at: now, expires_at, ended_at: None };
        one_time_links::end_all(tx, staff, now)?;
        one_time_links::insert(tx, &link, &token_hash)?;
        let url = Zeroizing::new(format!("{}/console/enrol/{}", rules.public_url, token.as_str()));
        Ok(OneTimeLink { url, token, expires_at })
    }
}

impl App {
    /// What a link is for; nothing if it is unknown, used or too old.
    ///
    /// # Errors
    /// When the database fails, or the second factor cannot be unsealed.
    pub fn find_enrolment(&self, token: &str) -> Result<Option<Enrolment>, StoreError> {
        let (hash, now) = (token_hash(token), self.clock.now());
        let found = self.store.read(|conn| find_open(conn, &hash, now))?;
        let Some((link, holder)) = found else { return Ok(None) };
        let totp = open_totp(&self.sealer, &totp_place(&hash), &link.sealed_totp)?;
        Ok(Some(Enrolment { kind: link.kind, holder, expires_at: link.expires_at, totp }))
    }

    pub(super) fn draw_link(&self) -> Result<DrawnLink, EntropyError> {
        let token = draw_secret(self.entropy.as_ref())?;
        let token_hash = token_hash(&token);
        let totp = TotpSecret::draw(self.entropy.as_ref())?;
        let sealed_totp = self.sealer.seal(self.draw_nonce()?, &totp_place(&token_hash), totp.as_bytes());
        Ok(DrawnLink { token, token_hash, sealed_totp, rules: self.staff_rules.clone() })
    }

    pub(super) fn draw_nonce(&self) -> Result<[u8; 24], EntropyError> {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce)?;
        Ok(nonce)
    }
}

/// A link that is good at this instant, with the account that it opens. The first admin's is good only while there is no
/// active admin; every other one only while its account waits for somebody to enrol.
pub(super) fn find_open(
    conn: &mut AnyConnection,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<(StoredLink, Option<Staff>)>, StoreError> {
    let Some(link) = one_time_links::find(conn, token_hash)? else { return Ok(None) };
    if link.ended_at.is_some() || now >= link.expires_at {
        return Ok(None);
    }
    let holder = match link.staff {
        Some(id) => staff::find(conn, id)?,
        None => None,
    };
    let is_wanted = match &holder {
        Some(holder) => holder.status == AccountStatus::Invited,
        None => link.kind == LinkKind::FirstAdmin && !has_active_admin(conn)?,
    };
    Ok(is_wanted.then_some((link, holder)))
}

/// Whether somebody can administer accounts.
pub(super) fn has_active_admin(conn: &mut AnyConnection) -> Result<bool, StoreError> {
    Ok(staff::list(conn)?.iter().any(Staff::is_active_admin))
}

/// Opens a second factor's secret.
pub(super) fn open_totp(keys: &Sealer, place: &[u8], sealed: &[u8]) -> Result<TotpSecret, StoreError> {
    let opened =
        keys.open(place, sealed).map_err(|_| StoreError::Corrupt("a second factor that cannot be unsealed"))?;
    TotpSecret::of(&opened).ok_or(StoreError::Corrupt("a second factor of a wrong length"))
}
