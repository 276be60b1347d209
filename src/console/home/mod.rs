//! `/console`: what somebody can do here.

use actix_web::HttpResponse;
use askama::Template;

use super::{Desk, Frame, Page};
use crate::app::authority::UseOwnAccount;
use crate::http::{Problem, Table};

pub(super) fn routes(table: Table) -> Table {
    table.get("/console", show)
}

/// The first page.
#[derive(Template)]
#[template(path = "console/home/home.html")]
pub(super) struct HomePage {
    frame: Frame,
}

impl Page for HomePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        vec![Self { frame: frame() }]
    }
}

async fn show(desk: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    desk.show(&HomePage { frame: desk.frame("home-title") })
}
