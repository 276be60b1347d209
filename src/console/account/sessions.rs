//! The end of one's own sessions.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};

use crate::app::authority::UseOwnAccount;
use crate::console::Desk;
use crate::domain::SessionId;
use crate::http::blocking::off_the_web;
use crate::http::visitor::{NOTICE_COOKIE, SESSION_COOKIE, cookie, ended};
use crate::http::{Problem, ProblemKind, Sent, Site};

/// One session.
pub(super) async fn end(
    site: web::Data<Site>,
    desk: Desk<UseOwnAccount>,
    id: web::Path<String>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let none = || Problem::new(ProblemKind::NotFound, "there is no such session of yours");
    let id: SessionId = id.parse().map_err(|_| none())?;
    let who = desk.once(&sent);
    off_the_web(&site, move |app| app.end_session(&who, id).map_err(|failure| Problem::of_staff(failure, |_| none())))
        .await?;
    Ok(desk.see_other("/console/account", "notice-account-session-ended"))
}

/// All of them, this one included.
pub(super) async fn end_all(
    site: web::Data<Site>,
    desk: Desk<UseOwnAccount>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let who = desk.once(&sent);
    let end = move |app: &crate::app::App| {
        app.sign_out_everywhere(&who).map_err(|failure| Problem::of_staff(failure, |never| match never {}))
    };
    off_the_web(&site, end).await?;
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, "/console/sign-in"))
        .cookie(ended(SESSION_COOKIE))
        .cookie(cookie(NOTICE_COOKIE, "notice-signed-out".to_owned()))
        .finish())
}
