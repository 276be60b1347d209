//! Pages for staff: everything they do, in English and Spanish, without JavaScript, by keyboard.
//!
//! A handler takes what was sent and the authority of whoever sent it (a `Desk`), asks one operation of `app`, and shows
//! a page or sends the browser on. Must never decide anything, and never put a resident into a URL.

mod access_review;
mod account;
mod assets;
mod catalog;
mod choices;
mod clients;
mod counsel;
mod counter;
mod decisions;
mod desk;
mod dress;
mod enrol;
mod faults;
mod frame;
mod guest;
mod home;
mod language;
mod log;
mod names;
mod navigation;
mod page;
mod paper;
mod problem_page;
mod public_log;
mod query;
mod records;
pub mod report;
mod sign_in;
mod spoken;
mod staff;
pub mod words;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

use crate::http::{Problem, ProblemKind, Table};

pub use page::{Sample, samples};

use desk::Desk;
use faults::Faults;
use frame::Frame;
use guest::Guest;
use page::Page;

/// Adds every route of this room.
pub fn routes(config: &mut ServiceConfig) {
    let pages = table().within(ROOT).default_service(web::to(nothing_here));
    config.service(pages.wrap(from_fn(dress::dress)));
    outside().register(config);
}

/// Method and path of every route of this room.
#[must_use]
pub fn listed() -> Vec<(String, &'static str)> {
    [table().listed(), outside().listed()].concat()
}

/// What is not beneath [`ROOT`]: static files, the page for the public, and the way in.
fn outside() -> Table {
    public_log::routes(assets::routes(Table::default())).get("/", way_in)
}

async fn way_in() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, ROOT)).finish()
}

/// Where every page is beneath.
const ROOT: &str = "/console";

fn table() -> Table {
    let rooms = [
        home::routes,
        sign_in::routes,
        language::routes,
        counsel::routes,
        records::routes,
        counter::routes,
        enrol::routes,
        account::routes,
        staff::routes,
        access_review::routes,
        clients::routes,
        catalog::routes,
        decisions::routes,
        log::routes,
        report::routes,
    ];
    rooms.into_iter().fold(Table::default(), |table, routes| routes(table))
}

async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Problem::new(ProblemKind::NotFound, "there is no such page"))
}
