//! `/log`: for everybody, without signing in: what the log proves and what it does not, and how to check it with tools
//! that are not ours.
//!
//! It sets no cookie and takes no form: the language is chosen by a link.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::{Frame, Guest, Page, dress};
use crate::app::log::Published;
use crate::app::witnesses::{Cosigned, WitnessSeen};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site, Table};
use crate::tlog::Checkpoint;

/// Characters of a root that are enough to compare by eye.
const SHORT: usize = 12;

pub(super) fn routes(table: Table) -> Table {
    table.get("/log", show)
}

/// The page for the public.
#[derive(Template)]
#[template(path = "console/public/log.html")]
pub(super) struct PublicLogPage {
    frame: Frame,
    key: String,
    newest: Newest,
    witnesses: Vec<WitnessSeen>,
}

/// The newest published checkpoint, if there is one to be read.
enum Newest {
    Published(Shown),
    None,
    Unreadable,
}

struct Shown {
    size: u64,
    at: DateTime<Utc>,
    short_root: String,
    note: String,
}

impl PublicLogPage {
    /// What somebody types who has a receipt and this program.
    fn receipt_command(&self) -> String {
        format!("zaguan receipt verify receipt.txt --vkey '{}'", self.key)
    }

    /// Where the first 256 entries are.
    #[expect(clippy::unused_self, reason = "the template asks the page")]
    fn first_bundle(&self) -> &'static str {
        "/log/tile/entries/000"
    }

    /// How the leaf of an entry is computed from what a receipt carries.
    #[expect(clippy::unused_self, reason = "the template asks the page")]
    fn leaf_formula(&self) -> &'static str {
        "SHA-256(0x00 || \"zaguan/entry/v1\\0\" || SHA-256(\"zaguan/record/v1\\0\" || nonce || record))"
    }
}

impl Page for PublicLogPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let shown = Shown {
            size: 1_000_042,
            at: DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default(),
            short_root: "BwcHBwcHBwcH".to_owned(),
            note: "records.las-cruces.example/zaguan\n1000042\n".to_owned(),
        };
        let key = "records.las-cruces.example/zaguan+0123abcd+AAAA";
        let seen = |number: u8, last| {
            let name = format!("witness.example/w{number}");
            WitnessSeen { key: format!("{name}+0123abcd+BBBB"), name, last }
        };
        let witnesses = vec![seen(1, Some(Cosigned { size: shown.size, at: shown.at })), seen(2, None)];
        let page = |(newest, witnesses)| Self { frame: frame(), key: key.to_owned(), newest, witnesses };
        let all = [(Newest::Published(shown), witnesses), (Newest::None, Vec::new()), (Newest::Unreadable, Vec::new())];
        all.into_iter().map(page).collect()
    }
}

async fn show(site: web::Data<Site>, mut guest: Guest, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if let Some(language) = request.query_string().strip_prefix("language=").and_then(|tag| tag.parse().ok()) {
        guest.visitor.language = language;
    }
    let found = off_the_web(&site, |app| Ok(app.published())).await?;
    let (newest, witnesses) = match found {
        Ok(Some(published)) => {
            let newest = shown(&site, &published).map_or(Newest::Unreadable, Newest::Published);
            (newest, published.witnesses.clone())
        }
        Ok(None) => (Newest::None, site.app.unseen_witnesses()),
        Err(error) => {
            tracing::warn!(%error, "the newest checkpoint cannot be shown");
            (Newest::Unreadable, site.app.unseen_witnesses())
        }
    };
    let key = site.app.verifiers().first().map(ToString::to_string).unwrap_or_default();
    let mut response = guest.show(&PublicLogPage { frame: guest.frame("public-title"), key, newest, witnesses })?;
    dress::keep_strict(response.headers_mut());
    Ok(response)
}

/// `None` when the log's own keys do not open it: then somebody must look, and outsiders see it from the note.
fn shown(site: &Site, published: &Arc<Published>) -> Option<Shown> {
    let opened = Checkpoint::open(published.note.as_bytes(), site.app.verifiers(), site.app.origin());
    let root = opened.inspect_err(|error| tracing::error!(%error, "the published checkpoint")).ok()?.root();
    Some(Shown {
        size: published.size,
        at: published.at,
        short_root: root.to_base64().chars().take(SHORT).collect(),
        note: published.note.clone(),
    })
}
