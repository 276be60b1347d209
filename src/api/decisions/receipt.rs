//! `GET /api/v1/decisions/{id}/receipt`: proof that the entry is in the log (C2SP tlog-proof).

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::show::id_of;
use crate::app::decisions::ReceiptError;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Reader, Site};

/// A receipt that the program itself has verified.
pub(in crate::api) async fn show(
    site: web::Data<Site>,
    Reader(reader): Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let receipt = off_the_web(&site, move |app| app.decision_receipt(&reader, id).map_err(problem_of)).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8");
    Ok(response.body(receipt))
}

fn problem_of(error: ReceiptError) -> Problem {
    match error {
        ReceiptError::Find(error) => error.into(),
        ReceiptError::Ledger(error) => error.into(),
        ReceiptError::Unproven(what) => {
            tracing::error!(what, "an entry cannot be proven");
            Problem::new(ProblemKind::Unproven, "somebody must look at the audit log: run `zaguan audit verify`")
        }
    }
}
