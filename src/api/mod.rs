//! JSON for city applications and for staff, and what operators and outsiders read: health, metrics, the
//! public log.

mod account;
mod catalog;
mod clients;
mod confidential;
mod decisions;
mod enrolments;
mod health;
mod legal_bases;
mod log;
mod oauth;
mod openapi;
mod report;
mod sessions;
mod staff;
mod violations;
mod words;

use actix_web::web::ServiceConfig;

use crate::http::Table;

/// Adds every route of this room.
pub fn routes(config: &mut ServiceConfig) {
    table().register(config);
}

/// Method and path of every route of this room.
#[must_use]
pub fn listed() -> Vec<(String, &'static str)> {
    table().listed()
}

fn table() -> Table {
    Table::default()
        .post("/oauth/token", oauth::token)
        .post("/api/v1/decisions", decisions::create::create)
        .get("/api/v1/decisions", decisions::search::list)
        .post("/api/v1/decisions/search", decisions::search::search)
        .post("/api/v1/decisions/batch", decisions::batch::create)
        .get("/api/v1/decisions/{id}", decisions::show::show)
        .get("/api/v1/decisions/{id}/receipt", decisions::receipt::show)
        .post("/api/v1/confidential-residents", confidential::mark)
        .post("/api/v1/confidential-residents/ending", confidential::end)
        .post("/api/v1/confidential-residents/lookup", confidential::look_up)
        .post("/api/v1/legal-bases", legal_bases::register::register)
        .get("/api/v1/legal-bases", legal_bases::list::list)
        .get("/api/v1/legal-bases/{id}", legal_bases::show::show)
        .get("/api/v1/legal-bases/{id}/checks", legal_bases::checks::show)
        .post("/api/v1/legal-bases/{id}/verification", legal_bases::verify::verify)
        .post("/api/v1/legal-bases/{id}/revocation", legal_bases::revoke::revoke)
        .post("/api/v1/legal-bases/{id}/review", legal_bases::review::review)
        .get("/api/v1/violations", violations::list::list)
        .get("/api/v1/violations/{id}", violations::show::show)
        .post("/api/v1/violations/{id}/closing", violations::close::close)
        .get("/api/v1/report", report::show)
        .post("/api/v1/sessions", sessions::create::create)
        .delete("/api/v1/sessions/current", sessions::end::end)
        .get("/api/v1/enrolments/{token}", enrolments::show::show)
        .get("/api/v1/enrolments/{token}/qr.svg", enrolments::qr::show)
        .post("/api/v1/enrolments/{token}", enrolments::enrol::enrol)
        .get("/api/v1/account", account::show)
        .get("/api/v1/account/sessions", account::sessions::list)
        .delete("/api/v1/account/sessions", account::sessions::end_all)
        .delete("/api/v1/account/sessions/{id}", account::sessions::end)
        .post("/api/v1/account/password", account::password::change)
        .post("/api/v1/account/recovery-codes", account::recovery_codes::draw)
        .get("/api/v1/staff", staff::list)
        .post("/api/v1/staff", staff::invite::invite)
        .get("/api/v1/staff/{id}", staff::show)
        .put("/api/v1/staff/{id}/roles", staff::administer::set_roles)
        .post("/api/v1/staff/{id}/reset", staff::administer::reset)
        .post("/api/v1/staff/{id}/disabling", staff::administer::disable)
        .post("/api/v1/staff/{id}/enabling", staff::administer::enable)
        .delete("/api/v1/staff/{id}/sessions", staff::administer::end_sessions)
        .post("/api/v1/staff/{id}/certification", staff::certify::account)
        .post("/api/v1/clients/{id}/certification", staff::certify::client)
        .get("/api/v1/access-review", staff::review::show)
        .get("/api/v1/clients", clients::list)
        .post("/api/v1/clients", clients::register::register)
        .get("/api/v1/clients/{id}", clients::show)
        .put("/api/v1/clients/{id}/scope", clients::change::set_scope)
        .post("/api/v1/clients/{id}/secret", clients::change::rotate)
        .post("/api/v1/clients/{id}/disabling", clients::change::disable)
        .post("/api/v1/clients/{id}/enabling", clients::change::enable)
        .get("/api/v1/catalog", catalog::stores::list)
        .get("/api/v1/catalog/{id}", catalog::stores::show)
        .get("/api/v1/unknown-fields", catalog::unknown::list)
        .get("/api/v1/class-proposals", catalog::proposals::list)
        .post("/api/v1/class-proposals", catalog::propose::propose)
        .get("/api/v1/class-proposals/{id}", catalog::proposals::show)
        .post("/api/v1/class-proposals/{id}/approval", catalog::settle::approve)
        .post("/api/v1/class-proposals/{id}/declining", catalog::settle::decline)
        .post("/api/v1/class-proposals/{id}/withdrawal", catalog::settle::withdraw)
        .put("/api/v1/legal-bases/{id}/document", legal_bases::document::store)
        .get("/api/v1/legal-bases/{id}/document", legal_bases::document::show)
        .get("/log/checkpoint", log::checkpoint)
        .get("/log/vkey", log::vkey)
        .get("/log/tile/{piece}*", log::piece)
        .get("/health/live", health::live)
        .get("/health/ready", health::ready)
        .get("/metrics", health::metrics)
        .get("/api/v1/openapi.json", openapi::show)
}
