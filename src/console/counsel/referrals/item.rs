//! One decision that was handed over: what was asked and denied, about whom, and what came of it.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::{key, root, unclosed, unread};
use crate::app::authority::Authority;
use crate::app::referrals::{ReferralGrant, ReferralInFull};
use crate::console::counsel::{id_of, typed};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::decision::{Effect, Reason};
use crate::domain::field::FieldClass;
use crate::domain::referral::{ReferralKind, ReferralOutcome};
use crate::domain::{Purpose, RequesterKind};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The page.
#[derive(Template)]
#[template(path = "console/counsel/referral.html")]
pub(in crate::console) struct ReferralPage {
    frame: Frame,
    faults: Faults,
    kind: ReferralKind,
    index: i64,
    decided_at: DateTime<Utc>,
    decision: String,
    requester_kind: RequesterKind,
    agency: Option<String>,
    purpose: Purpose,
    store: String,
    client: String,
    fields: Vec<Field>,
    about: Option<About>,
    closing: Option<(ReferralOutcome, String, DateTime<Utc>)>,
    note: Option<String>,
    outcomes: Vec<(String, String)>,
    /// What was typed.
    outcome: String,
    typed: String,
}

/// What became of one field.
struct Field {
    name: String,
    class: FieldClass,
    effect: Effect,
    reason: Reason,
}

/// Whom it is about, and what the request said.
struct About {
    resident: String,
    name: Option<String>,
    reference: Option<String>,
    justification: Option<String>,
}

impl Page for ReferralPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let of = |kind: ReferralKind, is_open: bool, faults: Faults| {
            let frame = frame().titled(frame().t(&key(kind, "item-title")));
            let field =
                |name: &str, class, effect, reason: Reason| Field { name: name.to_owned(), class, effect, reason };
            Self {
                kind,
                index: 41,
                decided_at: frame.now,
                decision: "0197a000-0000-7000-8000-000000000001".to_owned(),
                requester_kind: RequesterKind::FederalImmigration,
                agency: Some("ICE ERO El Paso".to_owned()),
                purpose: Purpose::ImmigrationEnforcement,
                store: "utility-billing".to_owned(),
                client: "billing".to_owned(),
                fields: vec![
                    field("itin", FieldClass::ImmigrationStatus, Effect::Deny, Reason::NoLegalBasis),
                    field("account_no", FieldClass::Unprotected, Effect::Permit, Reason::NotProtected),
                ],
                about: is_open.then(|| About {
                    resident: "ACCT-0048213".to_owned(),
                    name: Some("F. Officer".to_owned()),
                    reference: None,
                    justification: Some("F. Justification".to_owned()),
                }),
                closing: (!is_open).then(|| {
                    (
                        kind.outcomes().first().copied().unwrap_or(ReferralOutcome::Withdrawn),
                        "c.sandoval".to_owned(),
                        frame.now,
                    )
                }),
                note: (!is_open).then(|| "F. Note".to_owned()),
                outcomes: outcomes(&frame, kind),
                outcome: String::new(),
                typed: String::new(),
                faults,
                frame,
            }
        };
        let mut faults = Faults::default();
        faults.add("outcome", frame().t("counsel-fault-no-outcome"));
        faults.add("note", frame().t("counsel-fault-no-reason"));
        vec![
            of(ReferralKind::CounselReview1373, true, Faults::default()),
            of(ReferralKind::CounselReview1373, true, faults),
            of(ReferralKind::CounselReview1373, false, Faults::default()),
            of(ReferralKind::ReferToClerk, true, Faults::default()),
        ]
    }
}

impl ReferralPage {
    fn of(frame: Frame, referral: ReferralInFull, typed: [String; 2], faults: Faults) -> Self {
        let ReferralInFull { stored, record, link, note } = referral;
        let [outcome, typed] = typed;
        Self {
            kind: stored.kind,
            index: stored.seq,
            decided_at: stored.opened_at,
            decision: stored.decision.to_string(),
            requester_kind: record.requester_kind,
            agency: record.agency.as_ref().map(|agency| agency.as_str().to_owned()),
            purpose: record.purpose,
            store: record.store.to_string(),
            client: record.client,
            fields: record
                .fields
                .into_iter()
                .map(|field| Field {
                    name: field.field,
                    class: field.class,
                    effect: field.effect,
                    reason: field.reason,
                })
                .collect(),
            about: link.map(|link| About {
                resident: link.resident.expose().to_owned(),
                name: link.details.name,
                reference: link.details.reference,
                justification: link.details.justification,
            }),
            closing: stored.closing.map(|closing| (closing.outcome, closing.by, closing.at)),
            note,
            outcomes: outcomes(&frame, stored.kind),
            outcome,
            typed,
            faults,
            frame,
        }
    }

    fn said(&self, what: &str) -> String {
        self.frame.t(&key(self.kind, what))
    }

    fn root(&self) -> &'static str {
        root(self.kind)
    }
}

fn outcomes(frame: &Frame, kind: ReferralKind) -> Vec<(String, String)> {
    kind.outcomes().iter().map(|outcome| (outcome.to_string(), frame.word(outcome))).collect()
}

pub(super) async fn show<P: ReferralGrant + Clone>(
    site: web::Data<Site>,
    desk: Desk<P>,
    index: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let referral = read(&site, desk.who.clone(), id_of(&index)?).await?;
    let frame = desk.frame(&key(P::KIND, "item-title"));
    desk.show(&ReferralPage::of(frame, referral, <[String; 2]>::default(), Faults::default()))
}

/// Says what came of it.
pub(super) async fn close<P: ReferralGrant + Clone>(
    site: web::Data<Site>,
    desk: Desk<P>,
    path: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (index, frame): (u64, _) = (id_of(&path)?, desk.frame(&key(P::KIND, "item-title")));
    let (outcome, note) = (sent.value("outcome").to_owned(), sent.value("note").to_owned());
    let chosen = outcome.parse::<ReferralOutcome>().ok().filter(|outcome| P::KIND.may_end_as(*outcome));
    let mut faults = faults_of_note(&frame, &note, site.settings.limits.text_chars);
    let Some(chosen) = chosen.filter(|_| faults.is_empty()) else {
        if chosen.is_none() {
            faults.add("outcome", frame.t("counsel-fault-no-outcome"));
        }
        let referral = read(&site, desk.who.clone(), index).await?;
        return desk.show_again(&ReferralPage::of(frame, referral, [outcome, note], faults));
    };
    let who = desk.once(&sent);
    off_the_web(&site, move |app| app.close_referral(&who, index, chosen, note).map_err(unclosed)).await?;
    Ok(desk.see_other(root(P::KIND), "notice-referral-closed"))
}

fn faults_of_note(frame: &Frame, note: &str, limit: usize) -> Faults {
    let mut faults = Faults::default();
    if !note.chars().any(char::is_alphanumeric) {
        faults.add("note", frame.t("counsel-fault-no-reason"));
    } else if typed::is_too_long(note, limit) {
        faults.add("note", frame.t1("counsel-fault-too-long", "count", limit));
    }
    faults
}

async fn read<P: ReferralGrant>(
    site: &web::Data<Site>,
    who: Authority<P>,
    index: u64,
) -> Result<ReferralInFull, Problem> {
    off_the_web(site, move |app| app.read_referral(&who, index).map_err(unread)).await
}
