//! `/console/account`: one's own account: where one is signed in, the password, recovery codes.

mod credentials;
mod sessions;

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Desk, Frame, Page};
use crate::app::App;
use crate::app::authority::{Authority, UseOwnAccount};
use crate::app::staff::OwnAccount;
use crate::domain::SessionId;
use crate::domain::staff::Role;
use crate::domain::staff::password::PasswordError;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Site, Table};
use crate::storage::StoreError;
use crate::storage::sessions::StoredSession;

pub(super) use credentials::{CodesPage, CredentialsPage};

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/account", show)
        .get("/console/account/password", credentials::password)
        .post("/console/account/password", credentials::change_password)
        .get("/console/account/recovery-codes", credentials::codes)
        .post("/console/account/recovery-codes", credentials::draw_codes)
        .post("/console/account/sessions", sessions::end_all)
        .post("/console/account/sessions/{id}", sessions::end)
}

/// The sentence about a password that is refused.
pub(super) const fn fault_of_password(error: PasswordError) -> &'static str {
    match error {
        PasswordError::Length => "password-length",
        PasswordError::Username => "password-username",
        PasswordError::Local => "password-local",
        PasswordError::Monotonous => "password-monotonous",
        PasswordError::Common => "password-common",
    }
}

/// One's own account.
#[derive(Template)]
#[template(path = "console/account/account.html")]
pub(super) struct AccountPage {
    frame: Frame,
    username: String,
    name: String,
    roles: Vec<Role>,
    last_sign_in_at: Option<DateTime<Utc>>,
    standing: &'static str,
    certified_by: String,
    certified_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    recovery_codes: i64,
    sessions: Vec<OwnSession>,
}

/// One session of somebody's own.
struct OwnSession {
    id: SessionId,
    address: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    is_this: bool,
}

impl OwnSession {
    fn of(session: StoredSession, this: Option<SessionId>) -> Self {
        let StoredSession { id, address, created_at, seen_at, .. } = session;
        Self { id, address, created_at, seen_at, is_this: Some(id) == this }
    }
}

impl AccountPage {
    fn of(frame: Frame, own: OwnAccount, sessions: Vec<OwnSession>, due_at: DateTime<Utc>) -> Self {
        let OwnAccount { holder, standing, recovery_codes, .. } = own;
        Self {
            username: holder.username.to_string(),
            name: holder.name,
            roles: holder.roles.iter().collect(),
            last_sign_in_at: holder.last_sign_in_at,
            standing: standing.as_str(),
            certified_by: holder.certified_by,
            certified_at: holder.certified_at,
            due_at,
            recovery_codes,
            sessions,
            frame,
        }
    }

    /// So few that it is time for new ones.
    fn are_codes_few(&self) -> bool {
        self.recovery_codes <= 3
    }
}

impl Page for AccountPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let sample = |standing, recovery_codes, sessions: i64| {
            let frame = frame();
            let (now, minutes) = (frame.now, TimeDelta::minutes);
            let session = |number| OwnSession {
                id: SessionId::new(uuid::Uuid::from_u128(number)),
                address: "192.0.2.10".to_owned(),
                created_at: now - minutes(90),
                seen_at: now - minutes(2),
                is_this: number == 0,
            };
            Self {
                username: "r.archuleta".to_owned(),
                name: "Rosa Archuleta (fictional)".to_owned(),
                roles: vec![Role::Records, Role::Supervisor],
                last_sign_in_at: (sessions > 0).then_some(now - minutes(90)),
                standing,
                certified_by: "m.trujillo".to_owned(),
                certified_at: now - TimeDelta::days(80),
                due_at: now + TimeDelta::days(10),
                recovery_codes,
                sessions: (0..sessions).map(|number| session(u128::from(number.unsigned_abs()))).collect(),
                frame,
            }
        };
        vec![sample("current", 10, 3), sample("overdue", 1, 1), sample("suspended", 0, 0)]
    }
}

async fn show(site: web::Data<Site>, desk: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    let (who, this) = (desk.who.clone(), desk.who.session());
    let (own, sessions) = off_the_web(&site, move |app| Ok(read(app, &who)?)).await?;
    let own = own.ok_or_else(|| Problem::new(ProblemKind::NotFound, "there is no such account"))?;
    let sessions = sessions.into_iter().map(|session| OwnSession::of(session, this)).collect();
    let due_at = site.app.certification_rules().due_at(own.holder.certified_at);
    desk.show(&AccountPage::of(desk.frame("account-title"), own, sessions, due_at))
}

fn read(app: &App, who: &Authority<UseOwnAccount>) -> Result<(Option<OwnAccount>, Vec<StoredSession>), StoreError> {
    Ok((app.own_account(who)?, app.own_sessions(who)?))
}
