//! Work that waits for the database, the writer or Argon2: never on a web thread, and never without end.

use std::future::Future;
use std::sync::Arc;

use actix_web::rt::time::timeout;
use actix_web::web;

use super::{Problem, ProblemKind, Site};
use crate::app::App;
use crate::ledger::LedgerError;

/// How many times the patience with one statement a whole call may take.
const STATEMENTS: u32 = 4;

/// Does work with the operations on a thread that may wait.
///
/// # Errors
/// What `work` made of its own failure; that too much is being done already; or that the database does not answer: then
/// the thread waits on, and the caller does not.
pub async fn off_the_web<T, F>(site: &web::Data<Site>, work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce(&App) -> Result<T, Problem> + Send + 'static,
{
    let app = Arc::clone(&site.app);
    let patience = app.store().patience() * STATEMENTS;
    let Ok(done) = timeout(patience, web::block(move || work(&app))).await else {
        return Err(Problem::new(ProblemKind::Unavailable, "the database does not answer"));
    };
    done.map_err(|_| Problem::new(ProblemKind::Overloaded, "too many calls are being worked on"))?
}

/// Waits for an entry, and no longer than the database may take. One that comes later is an entry without a release.
///
/// # Errors
/// What the work made of its own failure; or that the database does not answer.
pub async fn in_time<T, E: Into<Problem>>(site: &Site, work: impl Future<Output = Result<T, E>>) -> Result<T, Problem> {
    match timeout(site.app.store().patience(), work).await {
        Ok(done) => done.map_err(Into::into),
        Err(_) => Err(LedgerError::Late.into()),
    }
}
