//! `/console/language`: reading in the other language from now on.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

use super::sign_in::own_path;
use crate::domain::language::Language;
use crate::http::visitor::{LANGUAGE_COOKIE, lasting};
use crate::http::{Problem, Sent, Table};

pub(super) fn routes(table: Table) -> Table {
    table.post("/console/language", choose)
}

async fn choose(sent: Sent) -> Result<HttpResponse, Problem> {
    let language: Language = sent.value("language").parse().unwrap_or_default();
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, own_path(sent.value("back"))))
        .cookie(lasting(LANGUAGE_COOKIE, language.as_str().to_owned()))
        .finish())
}
