//! `/console/access-review`: who and what has access, how much, and who said when that it is still needed. Fit for print.

mod certify;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::{Desk, Faults, Frame, Page};
use crate::app::authority::ReadAccessReview;
use crate::app::staff::{AccessReview, ReviewedAccount, ReviewedClient};
use crate::domain::staff::{AccountStatus, Certification, CertificationRules, Permission, Role};
use crate::domain::{ClientId, RequesterKind, StaffId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site, Table};

/// What is due within this time is pointed out.
const SOON: TimeDelta = TimeDelta::days(14);

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/access-review", show)
        .post("/console/access-review/staff/{id}", certify::account)
        .post("/console/access-review/clients/{id}", certify::client)
}

/// What the page is narrowed to.
#[derive(Deserialize, Default)]
struct Filter {
    #[serde(default)]
    standing: String,
}

impl Filter {
    /// What waits for somebody: everything that is due, and what will be soon.
    fn takes(&self, line: &Review) -> bool {
        self.standing != "waiting" || line.needs_somebody
    }

    fn is_narrow(&self) -> bool {
        self.standing == "waiting"
    }
}

/// The review.
#[derive(Template)]
#[template(path = "console/review/review.html")]
pub(super) struct ReviewPage {
    frame: Frame,
    faults: Faults,
    filter: Filter,
    rules: CertificationRules,
    /// How many accounts and clients are due soon, overdue, suspended.
    counts: [usize; 3],
    accounts: Vec<AccountLine>,
    clients: Vec<ClientLine>,
    may_certify: bool,
}

/// Where one account or client stands.
struct Review {
    standing: &'static str,
    certified_by: String,
    certified_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    last_used_at: Option<DateTime<Utc>>,
    needs_somebody: bool,
}

struct AccountLine {
    id: StaffId,
    username: String,
    name: String,
    status: AccountStatus,
    roles: Vec<Role>,
    has_second_factor: bool,
    is_own: bool,
    review: Review,
}

struct ClientLine {
    id: ClientId,
    name: String,
    is_enabled: bool,
    stores: Vec<String>,
    requester_kinds: Vec<RequesterKind>,
    review: Review,
}

impl AccountLine {
    fn of(found: ReviewedAccount, own: Option<StaffId>, rules: CertificationRules, now: DateTime<Utc>) -> Self {
        let (holder, standing) = (found.holder, found.standing);
        let review = Review::of(standing, (holder.certified_by, holder.certified_at), found.last_used_at, rules, now);
        Self {
            id: holder.id,
            username: holder.username.to_string(),
            name: holder.name,
            status: holder.status,
            roles: holder.roles.iter().collect(),
            has_second_factor: found.has_second_factor,
            is_own: Some(holder.id) == own,
            review,
        }
    }
}

impl ClientLine {
    fn of(found: ReviewedClient, rules: CertificationRules, now: DateTime<Utc>) -> Self {
        let (client, standing) = (found.client, found.standing);
        let review = Review::of(standing, (client.certified_by, client.certified_at), found.last_used_at, rules, now);
        Self {
            id: client.id,
            name: client.name,
            is_enabled: client.is_enabled,
            stores: client.stores.iter().map(ToString::to_string).collect(),
            requester_kinds: client.requester_kinds.into_iter().collect(),
            review,
        }
    }
}

impl Review {
    fn of(
        standing: Certification,
        (certified_by, certified_at): (String, DateTime<Utc>),
        last_used_at: Option<DateTime<Utc>>,
        rules: CertificationRules,
        now: DateTime<Utc>,
    ) -> Self {
        let due_at = rules.due_at(certified_at);
        let needs_somebody = due_at - now <= SOON;
        Self { standing: standing.as_str(), certified_by, certified_at, due_at, last_used_at, needs_somebody }
    }
}

impl ReviewPage {
    fn of(frame: Frame, review: AccessReview, filter: Filter, own: Option<StaffId>, may_certify: bool) -> Self {
        let AccessReview { now, rules, accounts, clients } = review;
        let mut accounts: Vec<AccountLine> =
            accounts.into_iter().map(|account| AccountLine::of(account, own, rules, now)).collect();
        let mut clients: Vec<ClientLine> =
            clients.into_iter().map(|client| ClientLine::of(client, rules, now)).collect();
        let all = || accounts.iter().map(|line| &line.review).chain(clients.iter().map(|line| &line.review));
        let counts = [
            all().filter(|review| review.needs_somebody && review.standing == "current").count(),
            all().filter(|review| review.standing == "overdue").count(),
            all().filter(|review| review.standing == "suspended").count(),
        ];
        accounts.retain(|line| filter.takes(&line.review));
        clients.retain(|line| filter.takes(&line.review));
        Self { frame, faults: Faults::default(), filter, rules, counts, accounts, clients, may_certify }
    }

    fn period_days(&self) -> i64 {
        self.rules.period.num_days()
    }

    fn grace_days(&self) -> i64 {
        self.rules.grace.num_days()
    }

    /// What each role may do, in words.
    fn permissions(&self) -> Vec<(Role, String)> {
        let said = |role: Role| {
            let held = Permission::ALL.into_iter().filter(move |permission| permission.is_held_by(role));
            held.map(|permission| self.frame.word(permission)).collect::<Vec<_>>().join("; ")
        };
        Role::ALL.into_iter().map(|role| (role, said(role))).collect()
    }
}

impl Page for ReviewPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let sample = |may_certify, filter, is_empty: bool| {
            let frame = frame();
            let review = if is_empty { none(frame.now) } else { some(frame.now) };
            let own = review.accounts.first().map(|account| account.holder.id);
            Self::of(frame, review, filter, own, may_certify)
        };
        let waiting = Filter { standing: "waiting".to_owned() };
        let mut refused = sample(true, Filter::default(), false);
        refused.faults.add("accounts", frame().t("review-oneself"));
        vec![
            sample(true, Filter::default(), false),
            sample(false, Filter::default(), false),
            sample(true, waiting, true),
            refused,
        ]
    }
}

const SAMPLE_RULES: CertificationRules = CertificationRules { period: TimeDelta::days(90), grace: TimeDelta::days(14) };

fn none(now: DateTime<Utc>) -> AccessReview {
    AccessReview { now, rules: SAMPLE_RULES, accounts: Vec::new(), clients: Vec::new() }
}

fn some(now: DateTime<Utc>) -> AccessReview {
    let account = |holder: crate::domain::staff::Staff| ReviewedAccount {
        standing: SAMPLE_RULES.judge(holder.certified_at, now),
        last_used_at: holder.last_sign_in_at,
        has_second_factor: holder.status == AccountStatus::Active,
        recovery_codes: 9,
        holder,
    };
    let client = |client: crate::domain::client::Client| ReviewedClient {
        standing: SAMPLE_RULES.judge(client.certified_at, now),
        last_used_at: None,
        client,
    };
    let accounts = super::staff::samples_of(now).into_iter().map(account).collect();
    let clients = super::clients::samples_of(now).into_iter().map(client).collect();
    AccessReview { now, rules: SAMPLE_RULES, accounts, clients }
}

async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadAccessReview>,
    filter: web::Query<Filter>,
) -> Result<HttpResponse, Problem> {
    let page = read(&site, &desk, filter.into_inner()).await?;
    desk.show(&page)
}

async fn read(site: &web::Data<Site>, desk: &Desk<ReadAccessReview>, filter: Filter) -> Result<ReviewPage, Problem> {
    let who = desk.who.clone();
    let (own, may_certify) = (who.staff(), who.roles().is_some_and(|roles| roles.permit(Permission::CertifyAccess)));
    let review = off_the_web(site, move |app| Ok(app.access_review(&who)?)).await?;
    Ok(ReviewPage::of(desk.frame("review-title"), review, filter, own, may_certify))
}
