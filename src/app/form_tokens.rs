//! What a form carries to show that this program handed it out, to this visitor, and that it was not carried out before.
//!
//! A token is `kid.form.mac`: the name of the cookie key, the form's id, and `HMAC-SHA-256(key, form || visitor)`. The id
//! alone is stored, once the form was carried out; see [`crate::app::authority::Authority::for_form`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::App;
use crate::clock::{EntropyError, uuid_v7};
use crate::domain::FormId;

impl App {
    /// A token for a form that this visitor is shown; `visitor` is what their cookie holds.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn form_token(&self, visitor: &str) -> Result<String, EntropyError> {
        let mut random = [0; 10];
        self.entropy.fill(&mut random)?;
        let form = FormId::new(uuid_v7(self.clock.now(), &random));
        let (kid, secret) = self.cookie_keys.active();
        let mac = keyed(secret, form, visitor).finalize().into_bytes();
        Ok(format!("{kid}.{form}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    /// The form of a token, if this program made it for this visitor. Compared in constant time.
    #[must_use]
    pub fn form_of(&self, token: &str, visitor: &str) -> Option<FormId> {
        let mut parts = token.splitn(3, '.');
        let (kid, form, mac) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        keyed(self.cookie_keys.by_kid(kid)?, form, visitor).verify_slice(&mac).ok()?;
        Some(form)
    }

    /// Something that tells one visitor from all others, for a cookie.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn draw_visit(&self) -> Result<String, EntropyError> {
        let mut random = [0; 16];
        self.entropy.fill(&mut random)?;
        Ok(URL_SAFE_NO_PAD.encode(random))
    }
}

fn keyed(secret: &[u8; 32], form: FormId, visitor: &str) -> Hmac<Sha256> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { unreachable!("HMAC takes keys of every length") };
    // The id is of fixed length, so that no two pairs run together.
    mac.update(form.as_uuid().as_bytes());
    mac.update(visitor.as_bytes());
    mac
}
