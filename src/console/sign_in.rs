//! `/console/sign-in`, `/console/sign-out`: a session in a cookie, and its end.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use zeroize::Zeroizing;

use super::{Desk, Faults, Frame, Guest, Page, ROOT};
use crate::app::ChangeFailure;
use crate::app::authority::UseOwnAccount;
use crate::app::staff::{SecondFactor, SignIn, SignInError};
use crate::http::blocking::off_the_web;
use crate::http::peer::address_of;
use crate::http::visitor::{NOTICE_COOKIE, SESSION_COOKIE, cookie, ended};
use crate::http::{Problem, Sent, Site, Table};

pub(super) fn routes(table: Table) -> Table {
    table
        .get("/console/sign-in", show)
        .post("/console/sign-in", sign_in)
        .post("/console/sign-out", sign_out)
        .get("/console/stay", stay)
}

/// The form.
#[derive(Template)]
#[template(path = "console/sign_in.html")]
pub(super) struct SignInPage {
    frame: Frame,
    faults: Faults,
    username: String,
    /// The page to go on to.
    back: String,
}

impl Page for SignInPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let back = "/console".to_owned();
        let empty = Self { frame: frame(), faults: Faults::default(), username: String::new(), back: back.clone() };
        let mut faults = Faults::default();
        faults.add("username", empty.frame.t("sign-in-refused"));
        vec![empty, Self { frame: frame(), faults, username: "r.archuleta".to_owned(), back }]
    }
}

/// Where somebody signs in who wanted to see `path`.
pub(super) fn path_back_to(path: &str) -> String {
    if path == ROOT {
        return "/console/sign-in".to_owned();
    }
    format!("/console/sign-in?back={}", encode(path))
}

/// Everything but unreserved characters and slashes, percent-encoded (RFC 3986 §2).
fn encode(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let coded = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(coded).collect()
}

/// The path if it is one of this console; else its first page. Nobody is ever sent elsewhere.
pub(super) fn own_path(path: &str) -> &str {
    let is_own = path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let is_sound = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own && is_sound { path } else { ROOT }
}

async fn show(guest: Guest, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let back = query.iter().find(|(name, _)| name == "back").map_or(ROOT, |(_, path)| own_path(path)).to_owned();
    let frame = guest.frame("sign-in-title");
    guest.show(&SignInPage { frame, faults: Faults::default(), username: String::new(), back })
}

async fn sign_in(
    site: web::Data<Site>,
    guest: Guest,
    request: HttpRequest,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let address = address_of(&request, &site);
    let back = own_path(sent.value("back")).to_owned();
    let username = sent.value("username").to_owned();
    let outcome = if site.throttle.allows(&format!("sign-in from {address}")) {
        let password = Zeroizing::new(sent.exact("password").to_owned());
        let second = second_factor(sent.value("code"));
        let attempt = SignIn { username: username.clone(), password, second, address };
        off_the_web(&site, move |app| Ok(app.sign_in(&attempt))).await?
    } else {
        Err(ChangeFailure::Refused(SignInError::Wait { seconds: 60 }))
    };
    match outcome {
        Ok(signed_in) => {
            let notice = if signed_in.suspended_at.is_some() { "notice-access-overdue" } else { "notice-signed-in" };
            Ok(HttpResponse::SeeOther()
                .insert_header((LOCATION, back))
                .cookie(cookie(SESSION_COOKIE, signed_in.token.to_string()))
                .cookie(cookie(NOTICE_COOKIE, notice.to_owned()))
                .finish())
        }
        Err(ChangeFailure::Refused(error)) => {
            let frame = guest.frame("sign-in-title");
            let mut faults = Faults::default();
            faults.add(
                "username",
                match error {
                    SignInError::Refused => frame.t("sign-in-refused"),
                    SignInError::Wait { seconds } => frame.t1("sign-in-wait", "seconds", seconds),
                },
            );
            guest.show_again(&SignInPage { frame, faults, username, back })
        }
        Err(failure) => Err(Problem::unrecorded(&failure)),
    }
}

/// Six digits are a code of the app; anything else is a recovery code.
fn second_factor(code: &str) -> SecondFactor {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        SecondFactor::Totp(Zeroizing::new(digits))
    } else {
        SecondFactor::RecoveryCode(Zeroizing::new(code.to_owned()))
    }
}

async fn sign_out(site: web::Data<Site>, desk: Desk<UseOwnAccount>, _: Sent) -> Result<HttpResponse, Problem> {
    let who = desk.who.clone();
    // A session that ended meanwhile is as good.
    let _ = off_the_web(&site, move |app| Ok(app.sign_out(&who))).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, "/console/sign-in"))
        .cookie(ended(SESSION_COOKIE))
        .cookie(cookie(NOTICE_COOKIE, "notice-signed-out".to_owned()))
        .finish())
}

/// For the script that warns before a session ends: calling is using.
async fn stay(_: Desk<UseOwnAccount>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::NoContent().finish())
}
