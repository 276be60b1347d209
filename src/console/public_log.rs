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
    epochs: Vec<Epoch>,
}

/// An epoch that was opened because entries are gone, and what is known of them.
#[derive(Clone)]
struct Epoch {
    origin: String,
    at: DateTime<Utc>,
    kept: u64,
    given_up: u64,
    lost_origin: String,
    lost_size: u64,
    lost_root: String,
    /// The key by which what was signed before is verified.
    lost_key: String,
    reason: String,
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

impl Epoch {
    fn sample(key: &str) -> Self {
        Self {
            origin: "records.las-cruces.example/zaguan/2".to_owned(),
            at: DateTime::from_timestamp(1_930_000_000, 0).unwrap_or_default(),
            kept: 999_950,
            given_up: 50,
            lost_origin: "records.las-cruces.example/zaguan".to_owned(),
            lost_size: 1_000_000,
            lost_root: "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".to_owned(),
            lost_key: key.to_owned(),
            reason: "Both disks of the server failed on the same night.".to_owned(),
        }
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
        let page =
            |(newest, witnesses, epochs)| Self { frame: frame(), key: key.to_owned(), newest, witnesses, epochs };
        let all = [
            (Newest::Published(shown), witnesses, vec![Epoch::sample(key)]),
            (Newest::None, Vec::new(), Vec::new()),
            (Newest::Unreadable, Vec::new(), Vec::new()),
        ];
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
    let epochs = epochs(&site);
    let mut response =
        guest.show(&PublicLogPage { frame: guest.frame("public-title"), key, newest, witnesses, epochs })?;
    dress::keep_strict(response.headers_mut());
    Ok(response)
}

/// What was lost, newest first: whoever holds a checkpoint of it must learn why it fits nothing any more.
fn epochs(site: &Site) -> Vec<Epoch> {
    let names = site.app.names();
    let key_of = |origin: &str| names.verifiers().iter().find(|key| key.name() == origin).map(ToString::to_string);
    let epochs = names.openings().iter().rev().map(|opening| Epoch {
        origin: opening.origin.clone(),
        at: DateTime::from_timestamp_micros(opening.at).unwrap_or_default(),
        kept: opening.index,
        given_up: opening.given_up,
        lost_origin: opening.lost.origin().to_owned(),
        lost_size: opening.lost.size(),
        lost_root: opening.lost.root().to_base64(),
        lost_key: key_of(opening.lost.origin()).unwrap_or_default(),
        reason: opening.reason.clone(),
    });
    epochs.collect()
}

/// `None` when the log's own keys do not open it: then somebody must look, and outsiders see it from the note.
fn shown(site: &Site, published: &Arc<Published>) -> Option<Shown> {
    let opened = site.app.names().open(published.note.as_bytes());
    let root = opened.inspect_err(|error| tracing::error!(%error, "the published checkpoint")).ok()?.root();
    Some(Shown {
        size: published.size,
        at: published.at,
        short_root: root.to_base64().chars().take(SHORT).collect(),
        note: published.note.clone(),
    })
}
