//! Where a call comes from.

use actix_web::HttpRequest;

use super::Site;

/// The caller's address; behind a proxy that is believed, the address that the proxy names.
#[must_use]
pub fn address_of(request: &HttpRequest, site: &Site) -> String {
    let info = request.connection_info();
    let is_believed = site.settings.server.trust_forwarded;
    let address = if is_believed { info.realip_remote_addr() } else { info.peer_addr() };
    address.unwrap_or("unknown").to_owned()
}
