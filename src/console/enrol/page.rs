//! The pages around a one-time link.

use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::qr::{self, Picture};
use crate::app::staff::{Enrolled, Enrolment};
use crate::console::{Faults, Frame, Page};
use crate::domain::staff::LinkKind;
use crate::http::{Problem, Sent};

/// What is shown again when a form comes back: never a password or a code.
#[derive(Default)]
pub(super) struct Typed {
    username: String,
    name: String,
}

impl Typed {
    pub(super) fn of(sent: &Sent) -> Self {
        Self { username: sent.value("username").to_owned(), name: sent.value("name").to_owned() }
    }
}

/// The form.
#[derive(Template)]
#[template(path = "console/enrol/enrol.html")]
pub(in crate::console) struct EnrolPage {
    frame: Frame,
    faults: Faults,
    typed: Typed,
    /// The name to sign in with, and what people call them; none for the first admin.
    holder: Option<(String, String)>,
    is_reset: bool,
    expires_at: DateTime<Utc>,
    secret: String,
    picture: Picture,
}

impl EnrolPage {
    pub(super) fn of(frame: Frame, enrolment: &Enrolment, typed: Typed, faults: Faults) -> Result<Self, Problem> {
        let holder = enrolment.holder.as_ref();
        let username = holder.map_or("admin", |holder| holder.username.as_str());
        Ok(Self {
            frame,
            faults,
            typed,
            holder: holder.map(|holder| (holder.username.to_string(), holder.name.clone())),
            is_reset: enrolment.kind == LinkKind::Reset,
            expires_at: enrolment.expires_at,
            secret: in_groups(&enrolment.totp.to_base32()),
            picture: qr::draw(&enrolment.totp.uri(username))?,
        })
    }
}

/// Groups of four are easier to type.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl Page for EnrolPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let sample = |holder: Option<(&str, &str)>, is_reset, faults| {
            let (frame, secret) = (frame(), "JBSWY3DPEHPK3PXP".to_owned());
            Self {
                expires_at: frame.now + TimeDelta::hours(72),
                typed: Typed { username: "m.trujillo".to_owned(), name: "Marcos Trujillo (fictional)".to_owned() },
                holder: holder.map(|(username, name)| (username.to_owned(), name.to_owned())),
                secret: in_groups(&secret),
                picture: qr::draw(&secret).unwrap_or(Picture { side: 1, path: String::new() }),
                is_reset,
                faults,
                frame,
            }
        };
        let mut faults = Faults::default();
        faults.add("password", frame().t("password-common"));
        faults.add("code", frame().t("enrol-code-wrong"));
        let rosa = Some(("r.archuleta", "Rosa Archuleta (fictional)"));
        vec![sample(rosa, false, Faults::default()), sample(rosa, true, faults), sample(None, false, Faults::default())]
    }
}

/// The recovery codes, shown this once.
#[derive(Template)]
#[template(path = "console/enrol/enrolled.html")]
pub(in crate::console) struct EnrolledPage {
    frame: Frame,
    username: String,
    codes: Vec<String>,
}

impl EnrolledPage {
    pub(super) fn of(frame: Frame, enrolled: &Enrolled) -> Self {
        let codes = enrolled.recovery_codes.0.iter().map(|code| code.to_string()).collect();
        Self { frame, username: enrolled.username.to_string(), codes }
    }
}

impl Page for EnrolledPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let codes = (0..10).map(|number| format!("0000-0000-0000-0000-000{number}")).collect();
        vec![Self { frame: frame(), username: "r.archuleta".to_owned(), codes }]
    }
}

/// What is said of every link that is not good.
#[derive(Template)]
#[template(path = "console/enrol/ended.html")]
pub(in crate::console) struct LinkEndedPage {
    pub(super) frame: Frame,
}

impl Page for LinkEndedPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        vec![Self { frame: frame() }]
    }
}
