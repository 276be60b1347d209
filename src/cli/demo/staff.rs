//! The people of the city hall: one for each role, enrolled as anybody is, with a password and a second factor.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use chrono::TimeDelta;
use zeroize::Zeroizing;

use super::credentials::StaffCredentials;
use super::past::PastClock;
use crate::app::App;
use crate::app::authority::{Authority, Grant};
use crate::app::secret::draw_secret;
use crate::app::staff::{NewCredentials, NewStaff, OneTimeLink, SecondFactor, SignIn, TotpSecret};
use crate::clock::{Clock as _, System};
use crate::domain::staff::{Role, Roles};

/// From where everybody in the made-up past signs in (RFC 5737).
const ADDRESS: &str = "192.0.2.10";

/// A code is good for half a minute, and once: so long does everybody wait before the next.
const NEXT_CODE: TimeDelta = TimeDelta::seconds(31);

/// Who holds which role. Plainly fictional.
const NAMES: [(Role, &str, &str); 9] = [
    (Role::Records, "r.archuleta", "Rosa Archuleta (fictional)"),
    (Role::Counsel, "c.montoya", "Carlos Montoya (fictional)"),
    (Role::Supervisor, "s.begay", "Sharon Begay (fictional)"),
    (Role::Auditor, "a.lucero", "Ana Lucero (fictional)"),
    (Role::Council, "k.ortega", "Kim Ortega (fictional)"),
    (Role::Steward, "d.chavez", "Dolores Chavez (fictional)"),
    (Role::Security, "i.nguyen", "Ivy Nguyen (fictional)"),
    (Role::Editor, "e.salazar", "Elena Salazar (fictional)"),
    (Role::Admin, "m.trujillo", "Marcos Trujillo (fictional)"),
];

/// Everybody, by role.
pub(super) struct People(BTreeMap<Role, Member>);

struct Member {
    username: String,
    password: Zeroizing<String>,
    totp: TotpSecret,
}

/// Enrols everybody: whoever has no account yet is invited, and whoever has one is reset.
pub(super) fn hire(app: &App) -> anyhow::Result<People> {
    let known = app.list_staff(&Authority::operator())?;
    let mut people = BTreeMap::new();
    for (role, username, name) in NAMES {
        let link = match known.iter().find(|member| member.username.as_str() == username) {
            Some(member) => app.reset_staff(&Authority::operator(), member.id)?.context("no link")?,
            None => invite(app, role, username, name)?,
        };
        people.insert(role, enrol(app, username, &link)?);
    }
    Ok(People(people))
}

fn invite(app: &App, role: Role, username: &str, name: &str) -> anyhow::Result<OneTimeLink> {
    let new = NewStaff { username: username.parse()?, name: name.to_owned(), roles: Roles::new([role])? };
    Ok(app.invite_staff(&Authority::operator(), new)?.link)
}

fn enrol(app: &App, username: &str, link: &OneTimeLink) -> anyhow::Result<Member> {
    let totp = app.find_enrolment(&link.token)?.context("the link is not good")?.totp;
    let password = draw_secret(&System)?;
    let code = Zeroizing::new(totp.code_at(app.now()));
    let credentials = NewCredentials { password: password.clone(), code, username: None, name: None };
    app.enrol(&link.token, &credentials)?;
    Ok(Member { username: username.to_owned(), password, totp })
}

impl People {
    /// Lets some time pass, signs in whoever holds the role, and gives their authority.
    pub(super) fn act<P: Grant>(&self, role: Role, app: &App, clock: &PastClock) -> anyhow::Result<Authority<P>> {
        let member = self.0.get(&role).ok_or_else(|| anyhow!("nobody holds the role `{role}`"))?;
        clock.set(clock.now() + NEXT_CODE);
        let attempt = SignIn {
            username: member.username.clone(),
            password: member.password.clone(),
            second: SecondFactor::Totp(Zeroizing::new(member.totp.code_at(clock.now()))),
            address: ADDRESS.to_owned(),
        };
        Ok(app.authorize(&app.sign_in(&attempt)?.token)?)
    }

    /// What a visitor signs in with, by role.
    pub(super) fn credentials(&self) -> BTreeMap<String, StaffCredentials> {
        self.0.iter().map(|(role, member)| (role.to_string(), member.credentials())).collect()
    }
}

impl Member {
    fn credentials(&self) -> StaffCredentials {
        StaffCredentials {
            username: self.username.clone(),
            password: self.password.to_string(),
            totp_secret: self.totp.to_base32().to_string(),
        }
    }
}
