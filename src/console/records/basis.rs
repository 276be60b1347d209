//! The page of one legal basis: where it stands, what it waits for, what it says, its check list, its scan, its life, and
//! the decisions in which it opened something.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::draft::ScanView;
use super::list::name_of;
use super::options::stores;
use super::refused::unread;
use super::seen::{Finding, is_counted, look, newest_round, next};
use super::{id_of, options::Choice};
use crate::app::App;
use crate::app::authority::ReadBasis;
use crate::app::decisions::{DecisionRecord, FoundPage, Recorded};
use crate::app::legal_bases::{BasisInFull, BasisNeeds, Step};
use crate::console::words::Word;
use crate::console::{Desk, Frame, Page, paper};
use crate::domain::decision::{Effect, Outcome};
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::{BasisKind, Instrument, Scope};
use crate::domain::staff::{Permission, Roles};
use crate::domain::{LegalBasisId, ResidentId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};

/// Decisions on one page.
const PER_PAGE: usize = 20;

/// The page.
#[expect(clippy::struct_excessive_bools, reason = "each says whether one part of the page is shown")]
#[derive(Template)]
#[template(path = "console/records/basis.html")]
pub(in crate::console) struct BasisPage {
    frame: Frame,
    id: String,
    state: BasisState,
    look: &'static str,
    is_counted: bool,
    next: Vec<String>,
    ways: Vec<BasisWay>,
    /// Key of the label, and the value.
    facts: Vec<(&'static str, String)>,
    scope: Vec<(&'static str, String)>,
    findings: Vec<Finding>,
    is_answered: bool,
    steps: Vec<StepView>,
    scan: Option<ScanView>,
    /// Whether the scan was erased by a rule.
    is_scan_erased: bool,
    may_store: bool,
    alike: Vec<LegalBasisId>,
    superseded_by: Option<LegalBasisId>,
    supersedes: Option<LegalBasisId>,
    decisions: Vec<DecisionLine>,
    older: Option<u64>,
    may_read_decisions: bool,
}

/// Something that the reader may do about it.
struct BasisWay {
    path: String,
    key: &'static str,
}

/// A step in its life.
struct StepView {
    key: String,
    actor: String,
    at: DateTime<Utc>,
    note: Option<String>,
}

/// A decision that rests on it.
struct DecisionLine {
    id: String,
    index: u64,
    at: DateTime<Utc>,
    store: String,
    requester: String,
    outcome: Outcome,
    released: usize,
}

/// Reads it in full, which is an entry, and shows it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadBasis>,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (who, id) = (desk.who.clone(), id_of(&path)?);
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let before = query.iter().find(|(name, _)| name == "before").and_then(|(_, index)| index.parse().ok());
    let (basis, decisions, stores) = off_the_web(&site, move |app| {
        let basis = app.read_basis(&who, id).map_err(unread)?;
        Ok((basis, app.list_decisions_on(&who, id, before, PER_PAGE)?, stores(app)?))
    })
    .await?;
    let may = |permission| desk.who.roles().is_some_and(|roles: &Roles| roles.permit(permission));
    let page = BasisPage::of(desk.frame("records-basis-title"), &site.app, &basis, &decisions, &stores, &may);
    desk.show(&page)
}

impl BasisPage {
    fn of(
        frame: Frame,
        app: &App,
        basis: &BasisInFull,
        decisions: &FoundPage,
        stores: &[Choice],
        may: &dyn Fn(Permission) -> bool,
    ) -> Self {
        let stored = &basis.stored;
        let id = stored.basis.id.to_string();
        let title = match &stored.particulars.docket {
            Some(docket) => format!("{} {docket}", name_of(&frame, stored.basis.kind, stored.basis.instrument)),
            None => name_of(&frame, stored.basis.kind, stored.basis.instrument),
        };
        let scan = basis.document.as_ref().filter(|scan| scan.erased_at.is_none());
        Self {
            state: basis.state,
            look: look(basis.state),
            is_counted: is_counted(basis),
            next: next(&frame, basis),
            ways: ways(&id, basis.state, basis.needs, may),
            facts: facts(&frame, app, basis),
            scope: scope(&frame, &stored.basis.scope, &basis.residents, stored.is_standing(), stores),
            findings: newest_round(frame.tongue(), basis),
            is_answered: !basis.rounds.is_empty(),
            steps: basis.steps.iter().map(StepView::of).collect(),
            scan: scan.map(|scan| ScanView::of(scan, format!("/console/legal-bases/{id}/document"))),
            is_scan_erased: basis.document.is_some() && scan.is_none(),
            may_store: basis.state == BasisState::Registered
                && basis.document.is_none()
                && may(Permission::StoreDocument),
            alike: basis.duplicates.clone(),
            superseded_by: basis.superseded_by,
            supersedes: stored.particulars.supersedes,
            decisions: decisions.decisions.iter().map(|decision| DecisionLine::of(&frame, decision)).collect(),
            older: decisions.next,
            may_read_decisions: may(Permission::ReadDecision),
            id,
            frame: frame.titled(title),
        }
    }
}

/// What the reader may do about it. Each page says itself why this person may not, when that is so.
fn ways(id: &str, state: BasisState, needs: Option<BasisNeeds>, may: &dyn Fn(Permission) -> bool) -> Vec<BasisWay> {
    let is_alive = !matches!(state, BasisState::Rejected | BasisState::Revoked | BasisState::Superseded);
    let is_open = matches!(state, BasisState::Registered | BasisState::Verified);
    let owes_review = matches!(needs, Some(BasisNeeds::Review { .. }));
    let owes_renewal = matches!(needs, Some(BasisNeeds::Renewal { .. }));
    let way = |path: String, key: &'static str, is_offered: bool| is_offered.then_some(BasisWay { path, key });
    let own = |last: &str| format!("/console/legal-bases/{id}/{last}");
    let correct = format!("/console/legal-bases/new?supersedes={id}");
    [
        way(own("verification"), "records-way-verify", is_open && may(Permission::VerifyBasis)),
        way(own("review"), "records-way-review", owes_review && may(Permission::ReviewBasis)),
        way(own("renewal"), "records-way-renew", owes_renewal && may(Permission::ReviewBasis)),
        way(own("revocation"), "records-way-revoke", is_alive && may(Permission::RevokeBasis)),
        way(correct, "records-way-correct", is_alive && may(Permission::RegisterBasis)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What stands on the paper, as far as it was not erased.
fn facts(frame: &Frame, app: &App, basis: &BasisInFull) -> Vec<(&'static str, String)> {
    let paper = basis.paper.clone().unwrap_or_default();
    let stored = &basis.stored;
    let court = stored.particulars.court.as_ref().and_then(|id| app.courts().get(&id.parse().ok()?));
    let court = court.map(|court| court.name.clone()).or(paper.court.clone());
    let instant = |at: Option<DateTime<Utc>>| at.map(|at| frame.instant(at));
    let phone = paper.serving_officer.as_ref().and_then(|officer| officer.phone.clone());
    let (asker, judge, officer) = (paper::asker(&paper), paper::judge(&paper), paper::officer(&paper));
    let uses = stored.basis.max_uses.map(|most| frame.t2("records-uses", "uses", stored.basis.uses, "most", most));
    let registered = frame.t2(
        "records-registered-by",
        "name",
        stored.people.registrar.as_str(),
        "at",
        frame.instant(stored.people.registered_at),
    );
    let told: [(&'static str, Option<String>); 24] = [
        ("records-kind", Some(frame.word(stored.basis.kind))),
        ("records-court", court),
        ("records-docket", paper.docket.or(stored.particulars.docket.clone())),
        ("records-judge", judge),
        ("records-citation", stored.particulars.citation.clone()),
        ("records-facts", paper.facts),
        ("records-person-in-danger", paper.person_in_danger),
        ("records-why-delay-harms", paper.why_delay_harms),
        ("records-asker-name", asker),
        ("records-issued-on", instant(stored.particulars.issued_at)),
        ("records-valid-on", instant(Some(stored.basis.valid_from))),
        ("records-counts-until", instant(stored.basis.valid_until)),
        ("records-review-on", instant(stored.particulars.review_by)),
        ("records-review-due", instant(stored.particulars.review_due_at)),
        ("records-served-on", instant(paper.served_at)),
        ("records-officer-name", paper::joined([officer, phone])),
        ("records-directed-to", paper.directed_to),
        ("records-affiant", paper.affiant),
        ("records-identity-match", paper.identity_match),
        ("records-max-uses", uses),
        ("records-note", paper.note),
        ("records-registered", Some(registered)),
        ("records-verifier", stored.people.verifier.clone()),
        ("records-verified-at", instant(stored.verified_at)),
    ];
    told.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn scope(
    frame: &Frame,
    scope: &Scope,
    residents: &[(StoreId, ResidentId)],
    is_standing: bool,
    stores: &[Choice],
) -> Vec<(&'static str, String)> {
    fn words<'w, W: Word + 'w>(frame: &Frame, set: impl IntoIterator<Item = W>) -> String {
        set.into_iter().map(|word| frame.word(word)).collect::<Vec<_>>().join("; ")
    }
    let store = |id: &StoreId| {
        let named = stores.iter().find(|(own, _)| own == id.as_str());
        named.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    };
    let named = residents.iter().map(|(of, id)| format!("{} ({})", id.expose(), store(of))).collect::<Vec<_>>();
    let whom = if is_standing { frame.t("records-everybody") } else { named.join("; ") };
    let agency = scope.requester_agency.as_ref().map_or_else(|| frame.t("records-any-agency"), ToString::to_string);
    let all = [
        ("records-resident", whom),
        ("records-stores", scope.stores.iter().map(store).collect::<Vec<_>>().join("; ")),
        ("records-classes", words(frame, &scope.classes)),
        ("records-requester-kinds", words(frame, &scope.requester_kinds)),
        ("records-requester-agency", agency),
        ("records-purposes", words(frame, &scope.purposes)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

impl StepView {
    fn of(step: &Step) -> Self {
        let key = format!("records-life-{}", step.kind.replace('_', "-"));
        Self { key, actor: step.actor.clone(), at: step.at, note: step.note.clone() }
    }
}

impl DecisionLine {
    fn of(frame: &Frame, Recorded { record, index, .. }: &Recorded) -> Self {
        let DecisionRecord { id, at, store, agency, requester_kind, outcome, fields, .. } = record;
        let requester = agency.as_ref().map_or_else(|| frame.word(*requester_kind), ToString::to_string);
        Self {
            id: id.to_string(),
            index: *index,
            at: at.parse().unwrap_or_default(),
            store: store.to_string(),
            requester,
            outcome: *outcome,
            released: fields.iter().filter(|field| field.effect == Effect::Permit).count(),
        }
    }
}

impl Page for BasisPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        BasisState::ALL.into_iter().map(|state| sample(frame(), state)).collect()
    }
}

fn sample(frame: Frame, state: BasisState) -> BasisPage {
    let now = frame.now;
    let step = |kind: &str| StepView {
        key: format!("records-life-{kind}"),
        actor: "r.archuleta".to_owned(),
        at: now,
        note: Some("D-307".to_owned()),
    };
    let decision = DecisionLine {
        id: "x".to_owned(),
        index: 41,
        at: now,
        store: "utility-billing".to_owned(),
        requester: "ICE ERO El Paso".to_owned(),
        outcome: Outcome::Partial,
        released: 2,
    };
    let (id, other) = ("x".to_owned(), LegalBasisId::new(uuid::Uuid::nil()));
    let is_registered = state == BasisState::Registered;
    let name = name_of(&frame, BasisKind::JudicialWarrant, Some(Instrument::SearchWarrant));
    let path = "/console/legal-bases/x/document";
    let kind =
        if is_registered { crate::domain::document::MediaType::Png } else { crate::domain::document::MediaType::Pdf };
    BasisPage {
        look: look(state),
        is_counted: state == BasisState::Rejected,
        next: vec![frame.t("records-next-scan"), frame.t1("records-next-counsel", "registrar", "r.archuleta")],
        ways: ways(&id, state, None, &|_| true),
        facts: vec![("records-court", "Third Judicial District Court".to_owned())],
        scope: vec![("records-resident", "ACCT-0000001 (utility-billing)".to_owned())],
        findings: Finding::samples(frame.tongue()),
        is_answered: !is_registered,
        steps: vec![step("registered"), step("verified")],
        scan: (state != BasisState::Expired).then(|| ScanView::sample(kind, path)),
        is_scan_erased: state == BasisState::Expired,
        may_store: is_registered,
        alike: vec![other],
        superseded_by: (state == BasisState::Superseded).then_some(other),
        supersedes: is_registered.then_some(other),
        decisions: if is_registered { Vec::new() } else { vec![decision] },
        older: (!is_registered).then_some(41),
        may_read_decisions: true,
        id,
        state,
        frame: frame.titled(name),
    }
}
