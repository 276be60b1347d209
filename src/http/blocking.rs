//! Work that waits for the database, the writer or Argon2: never on a web thread.

use std::sync::Arc;

use actix_web::web;

use super::{Problem, ProblemKind, Site};
use crate::app::App;

/// Does work with the operations on a thread that may wait.
///
/// # Errors
/// What `work` made of its own failure; or that too much is being done already.
pub async fn off_the_web<T, F>(site: &web::Data<Site>, work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce(&App) -> Result<T, Problem> + Send + 'static,
{
    let app = Arc::clone(&site.app);
    let done = web::block(move || work(&app)).await;
    done.map_err(|_| Problem::new(ProblemKind::Overloaded, "too many calls are being worked on"))?
}
