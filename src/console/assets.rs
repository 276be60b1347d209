//! The stylesheet, the script and the icon: compiled in, named by their content, kept by browsers for good.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};

use crate::http::{Problem, ProblemKind, Table};

/// Name, type and content.
type Asset = (&'static str, &'static str, &'static str);

/// The stylesheet, from what is common to every page to what belongs to one room. Later rules win.
const STYLES: &str = concat!(
    include_str!("../../web/static/css/tokens.css"),
    include_str!("../../web/static/css/page.css"),
    include_str!("../../web/static/css/forms.css"),
    include_str!("../../web/static/css/pieces.css"),
    include_str!("../../web/static/css/tables.css"),
    include_str!("../../web/static/css/print.css"),
    include_str!("../../web/static/css/people.css"),
    include_str!("../../web/static/css/audit.css"),
    include_str!("../../web/static/css/counsel.css"),
    include_str!("../../web/static/css/records.css"),
    include_str!("../../web/static/css/report.css"),
);

const ASSETS: [Asset; 3] = [
    ("zaguan.css", "text/css; charset=utf-8", STYLES),
    ("console.js", "text/javascript; charset=utf-8", include_str!("../../web/static/console.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../web/static/icon.svg")),
];

/// The tag of each, in the same order: the first eight bytes of its SHA-256.
static TAGS: LazyLock<[String; 3]> = LazyLock::new(|| ASSETS.map(|(_, _, content)| tag_of(content)));

fn tag_of(content: &str) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    })
}

pub(super) fn routes(table: Table) -> Table {
    table.get("/static/{tag}/{name}", show)
}

/// Where a file is served. A name that is not there leads nowhere.
pub(super) fn path_of(name: &str) -> Cow<'static, str> {
    let found = ASSETS.iter().zip(TAGS.iter()).find(|((own, ..), _)| *own == name);
    found.map_or(Cow::Borrowed(""), |(_, tag)| Cow::Owned(format!("/static/{tag}/{name}")))
}

/// The tag only tells caches apart; an old page gets the present file.
async fn show(path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (_, name) = path.into_inner();
    let found = ASSETS.iter().find(|(own, ..)| *own == name);
    let (_, content_type, content) =
        found.ok_or_else(|| Problem::new(ProblemKind::NotFound, "there is no such file"))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, *content_type))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(*content))
}
