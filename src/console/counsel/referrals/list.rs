//! The list of one kind.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::{key, root};
use crate::app::referrals::{ReferralGrant, ReferralState};
use crate::console::counsel::{PER_PAGE, after, query};
use crate::console::{Desk, Frame, Page};
use crate::domain::RequesterKind;
use crate::domain::referral::{ReferralKind, ReferralOutcome};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};
use crate::storage::referrals::StoredReferral;

/// The list.
#[derive(Template)]
#[template(path = "console/counsel/referrals.html")]
pub(in crate::console) struct ReferralsPage {
    frame: Frame,
    kind: ReferralKind,
    is_open: bool,
    rows: Vec<Row>,
    next: Option<i64>,
}

struct Row {
    index: i64,
    opened_at: DateTime<Utc>,
    requester_kind: Option<RequesterKind>,
    agency: Option<String>,
    store: String,
    closing: Option<(ReferralOutcome, String, DateTime<Utc>)>,
}

impl Page for ReferralsPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let row = |is_open: bool| Row {
            index: 41,
            opened_at: frame().now,
            requester_kind: Some(RequesterKind::FederalImmigration),
            agency: Some("ICE ERO El Paso".to_owned()),
            store: "utility-billing".to_owned(),
            closing: (!is_open).then(|| (ReferralOutcome::DenialStands, "c.sandoval".to_owned(), frame().now)),
        };
        let of = |kind, is_open, rows, next| {
            let frame = frame().titled(frame().t(&key(kind, "title")));
            Self { frame, kind, is_open, rows, next }
        };
        vec![
            of(ReferralKind::CounselReview1373, true, vec![row(true), row(true)], Some(41)),
            of(ReferralKind::CounselReview1373, false, vec![row(false)], None),
            of(ReferralKind::ReferToClerk, true, vec![row(true)], None),
            of(ReferralKind::ReferToClerk, true, Vec::new(), None),
        ]
    }
}

impl ReferralsPage {
    fn said(&self, what: &str) -> String {
        self.frame.t(&key(self.kind, what))
    }

    fn root(&self) -> &'static str {
        root(self.kind)
    }
}

pub(super) async fn show<P: ReferralGrant + Clone>(
    site: web::Data<Site>,
    desk: Desk<P>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let given = query(&request);
    let is_open = given.get("state").is_none_or(|state| state != "closed");
    let state = if is_open { ReferralState::Open } else { ReferralState::Closed };
    let (who, from) = (desk.who.clone(), after(&given));
    let page = off_the_web(&site, move |app| Ok(app.list_referrals(&who, state, from, PER_PAGE)?)).await?;
    let (frame, rows) = (desk.frame(&key(P::KIND, "title")), page.items.into_iter().map(Row::of).collect());
    desk.show(&ReferralsPage { frame, kind: P::KIND, is_open, rows, next: page.next })
}

impl Row {
    fn of(stored: StoredReferral) -> Self {
        Self {
            index: stored.seq,
            opened_at: stored.opened_at,
            requester_kind: stored.requester_kind,
            agency: stored.agency,
            store: stored.store.map(|store| store.to_string()).unwrap_or_default(),
            closing: stored.closing.map(|closing| (closing.outcome, closing.by, closing.at)),
        }
    }
}
