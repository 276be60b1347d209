//! An account for somebody, and the link by which they set it up, shown this once.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::act::fault_of_roles;
use crate::app::ChangeFailure;
use crate::app::authority::{ManageStaff, StaffRefusal};
use crate::app::staff::{InviteError, NewStaff, OneTimeLink};
use crate::console::choices::{Choice, choices};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::StaffId;
use crate::domain::staff::{Role, Roles, RolesError, Username, is_name};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};

/// The form.
#[derive(Template)]
#[template(path = "console/staff/invite.html")]
pub(in crate::console) struct InvitePage {
    frame: Frame,
    faults: Faults,
    username: String,
    name: String,
    roles: Vec<Choice>,
    chosen: Vec<String>,
}

impl InvitePage {
    fn of(frame: Frame, faults: Faults, sent: Option<&Sent>) -> Self {
        let value = |name| sent.map_or("", |sent| sent.value(name)).to_owned();
        let chosen = sent.map(|sent| sent.values("roles").map(str::to_owned).collect()).unwrap_or_default();
        let roles = choices(&frame, Role::ALL);
        Self { frame, faults, username: value("username"), name: value("name"), roles, chosen }
    }
}

impl Page for InvitePage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let mut faults = Faults::default();
        faults.add("username", frame().t("staff-username-taken"));
        faults.add("roles", fault_of_roles(&frame(), RolesError::AdminWith(Role::Counsel)));
        let again = Self {
            username: "ana.ortiz".to_owned(),
            name: "Ana Ortiz (fictional)".to_owned(),
            chosen: vec!["admin".to_owned(), "counsel".to_owned()],
            ..Self::of(frame(), faults, None)
        };
        vec![Self::of(frame(), Faults::default(), None), again]
    }
}

/// A link, shown this once.
#[derive(Template)]
#[template(path = "console/staff/link.html")]
pub(in crate::console) struct LinkPage {
    frame: Frame,
    id: StaffId,
    username: String,
    url: String,
    expires_at: DateTime<Utc>,
}

impl LinkPage {
    pub(super) fn of(frame: Frame, id: StaffId, username: String, link: &OneTimeLink) -> Self {
        Self { frame, id, username, url: link.url.to_string(), expires_at: link.expires_at }
    }
}

impl Page for LinkPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let frame = frame();
        vec![Self {
            id: StaffId::new(uuid::Uuid::from_u128(1)),
            username: "ana.ortiz".to_owned(),
            url: "zaguan.example.org/console/enrol/not-a-real-token".to_owned(),
            expires_at: frame.now + TimeDelta::hours(72),
            frame,
        }]
    }
}

/// The form, empty.
pub(super) async fn show(desk: Desk<ManageStaff>) -> Result<HttpResponse, Problem> {
    desk.show(&InvitePage::of(desk.frame("staff-invite-title"), Faults::default(), None))
}

/// Makes the account. The link is in this answer and nowhere else.
pub(super) async fn invite(
    site: web::Data<Site>,
    desk: Desk<ManageStaff>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let frame = desk.frame("staff-invite-title");
    let new = match read(&frame, &sent) {
        Ok(new) => new,
        Err(faults) => return desk.show_again(&InvitePage::of(frame, faults, Some(&sent))),
    };
    let (who, username) = (desk.once(&sent), new.username.to_string());
    match off_the_web(&site, move |app| Ok(app.invite_staff(&who, new))).await? {
        Ok(invited) => desk.show(&LinkPage::of(desk.frame("staff-link-title"), invited.id, username, &invited.link)),
        Err(ChangeFailure::Refused(StaffRefusal::Change(error))) => {
            let mut faults = Faults::default();
            match error {
                InviteError::Exists(_) => faults.add("username", frame.t("staff-username-taken")),
                InviteError::Name => faults.add("name", frame.t("staff-name-refused")),
            }
            desk.show_again(&InvitePage::of(frame, faults, Some(&sent)))
        }
        Err(failure) => Err(Problem::of_staff(failure, |_| super::no_account())),
    }
}

fn read(frame: &Frame, sent: &Sent) -> Result<NewStaff, Faults> {
    let mut faults = Faults::default();
    let username: Result<Username, _> = sent.value("username").parse();
    if username.is_err() {
        faults.add("username", frame.t("staff-username-refused"));
    }
    let name = sent.value("name").to_owned();
    if !is_name(&name) {
        faults.add("name", frame.t("staff-name-refused"));
    }
    let roles = Roles::new(sent.values("roles").filter_map(|role| role.parse().ok()));
    if let Err(error) = roles {
        faults.add("roles", fault_of_roles(frame, error));
    }
    match (username, roles) {
        (Ok(username), Ok(roles)) if faults.is_empty() => Ok(NewStaff { username, name, roles }),
        _ => Err(faults),
    }
}
