//! Another password, new recovery codes. Whoever holds a session alone may do neither: the code is asked for again.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use zeroize::Zeroizing;

use super::fault_of_password;
use crate::app::ChangeFailure;
use crate::app::authority::{StaffRefusal, UseOwnAccount};
use crate::app::staff::{CredentialsError, CredentialsFailure, RecoveryCodes, Shown};
use crate::console::{Desk, Faults, Frame, Page};
use crate::http::blocking::off_the_web;
use crate::http::peer::address_of;
use crate::http::{Problem, ProblemKind, Sent, Site};

/// Which form it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::console) enum Form {
    Password,
    Codes,
}

/// Either form.
#[derive(Template)]
#[template(path = "console/account/credentials.html")]
pub(in crate::console) struct CredentialsPage {
    frame: Frame,
    faults: Faults,
    form: Form,
}

impl CredentialsPage {
    fn is_password(&self) -> bool {
        self.form == Form::Password
    }
}

impl Page for CredentialsPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let sample = |form, faults| Self { frame: frame(), faults, form };
        let mut faults = Faults::default();
        faults.add("code", frame().t("account-proof-wrong"));
        faults.add("new-password", frame().t("password-length"));
        vec![
            sample(Form::Password, Faults::default()),
            sample(Form::Password, faults),
            sample(Form::Codes, Faults::default()),
        ]
    }
}

/// New recovery codes, shown this once.
#[derive(Template)]
#[template(path = "console/account/codes.html")]
pub(in crate::console) struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

impl Page for CodesPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        vec![Self { frame: frame(), codes: (0..10).map(|number| format!("0000-0000-0000-0000-000{number}")).collect() }]
    }
}

/// The form for another password.
pub(super) async fn password(desk: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    desk.show(&page(&desk, Form::Password, Faults::default()))
}

/// The form for new recovery codes.
pub(super) async fn codes(desk: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    desk.show(&page(&desk, Form::Codes, Faults::default()))
}

/// Puts another password in the place of the old one.
pub(super) async fn change_password(
    site: web::Data<Site>,
    desk: Desk<UseOwnAccount>,
    request: HttpRequest,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let new = Zeroizing::new(sent.exact("new-password").to_owned());
    if new.as_str() != sent.exact("new-password-again") {
        let mut faults = Faults::default();
        faults.add("new-password-again", desk.frame("account-title").t("account-passwords-differ"));
        return desk.show_again(&page(&desk, Form::Password, faults));
    }
    let (who, shown) = (desk.once(&sent), shown(&sent, &request, &site));
    match off_the_web(&site, move |app| Ok(app.change_password(&who, &shown, &new))).await? {
        Ok(()) => Ok(desk.see_other("/console/account", "notice-account-password-changed")),
        Err(failure) => desk.show_again(&page(&desk, Form::Password, faults_of(&desk, failure)?)),
    }
}

/// Draws new recovery codes. They are in this answer and nowhere else.
pub(super) async fn draw_codes(
    site: web::Data<Site>,
    desk: Desk<UseOwnAccount>,
    request: HttpRequest,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (who, shown) = (desk.once(&sent), shown(&sent, &request, &site));
    match off_the_web(&site, move |app| Ok(app.draw_recovery_codes(&who, &shown))).await? {
        Ok(RecoveryCodes(codes)) => {
            let codes = codes.iter().map(|code| code.to_string()).collect();
            desk.show(&CodesPage { frame: desk.frame("codes-title"), codes })
        }
        Err(failure) => desk.show_again(&page(&desk, Form::Codes, faults_of(&desk, failure)?)),
    }
}

fn page(desk: &Desk<UseOwnAccount>, form: Form, faults: Faults) -> CredentialsPage {
    let title = if form == Form::Password { "account-password-title" } else { "account-codes-title" };
    CredentialsPage { frame: desk.frame(title), faults, form }
}

fn shown(sent: &Sent, request: &HttpRequest, site: &Site) -> Shown {
    Shown {
        password: Some(Zeroizing::new(sent.exact("current-password").to_owned())),
        code: Zeroizing::new(sent.value("code").chars().filter(char::is_ascii_digit).collect()),
        address: address_of(request, site),
    }
}

fn faults_of(desk: &Desk<UseOwnAccount>, failure: CredentialsFailure) -> Result<Faults, Problem> {
    let frame = desk.frame("account-title");
    let error = match failure {
        ChangeFailure::Refused(StaffRefusal::Change(error)) => error,
        failure => return Err(Problem::of_staff(failure, |_| Problem::new(ProblemKind::Conflict, "it was refused"))),
    };
    let (field, text) = match error {
        CredentialsError::Proof => ("current-password", frame.t("account-proof-wrong")),
        CredentialsError::Wait { seconds } => ("current-password", frame.t1("sign-in-wait", "seconds", seconds)),
        CredentialsError::Password(error) => ("new-password", frame.t(fault_of_password(error))),
        CredentialsError::Secret(_) => {
            return Err(Problem::new(ProblemKind::Unavailable, "the password cannot be hashed"));
        }
    };
    let mut faults = Faults::default();
    faults.add(field, text);
    Ok(faults)
}
