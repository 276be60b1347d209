//! `/console/log`: how the log is, and having it verified.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Desk, Frame, Page};
use crate::app::assemble::anchor;
use crate::app::audit::{Cosignatures, Verified};
use crate::app::authority::ReadLog;
use crate::app::log::{LogHealth, LogVerification, Progress, Published};
use crate::app::witnesses::{Cosigned, Trouble, WitnessHealth, WitnessSeen};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};
use crate::ledger::Health;
use crate::tlog::Hash;

/// A verification older than this is worth a word.
const OLD_AFTER: TimeDelta = TimeDelta::days(7);

/// How the log is.
#[derive(Template)]
#[template(path = "console/log/health.html")]
pub(in crate::console) struct LogPage {
    frame: Frame,
    health: LogHealth,
}

impl LogPage {
    fn root(&self) -> String {
        self.health.root.to_base64()
    }

    /// The last verification, if it found everything in order.
    fn verified(&self) -> Option<&Verified> {
        self.health.verification.as_ref()?.outcome.as_ref().ok()
    }

    /// The first thing that did not fit in the last verification.
    fn fault(&self) -> Option<&str> {
        self.health.verification.as_ref()?.outcome.as_ref().err().map(String::as_str)
    }

    /// Whether nobody has verified the log, or not for long.
    fn is_verification_old(&self) -> bool {
        self.health.verification.as_ref().is_none_or(|last| self.frame.now - last.ended_at > OLD_AFTER)
    }

    /// Entries that came after the last verification.
    fn unverified(&self) -> u64 {
        self.health.length.saturating_sub(self.verified().map_or(0, |verified| verified.entries))
    }

    /// Entries that came after the newest published checkpoint.
    fn unpublished(&self) -> u64 {
        self.health.length.saturating_sub(self.health.published.as_ref().map_or(0, |published| published.size))
    }

    /// The size of the anchor that agrees.
    fn anchored(&self) -> Option<u64> {
        self.health.anchored.as_ref().ok().copied().flatten()
    }

    /// Why the anchor does not agree.
    fn anchor_fault(&self) -> Option<&str> {
        self.health.anchored.as_ref().err().map(String::as_str)
    }

    /// Witnesses that say something which cannot be true of one log.
    fn alarms(&self) -> impl Iterator<Item = &WitnessHealth> {
        self.health.witnesses.iter().filter(|witness| witness.trouble.is_some_and(Trouble::is_alarm))
    }

    /// What keeps a witness's cosignature from the log, in a sentence.
    fn trouble(&self, witness: &WitnessHealth) -> String {
        let word = witness.trouble.map_or("none", Trouble::as_str);
        self.frame.t(&format!("audit-witness-trouble-{word}"))
    }
}

impl Page for LogPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |health| Self { frame: frame(), health };
        let at = DateTime::from_timestamp(1_930_305_600, 0).unwrap_or_default();
        let root = Hash::try_from([7_u8; 32].as_slice()).unwrap_or_else(|_| crate::tlog::empty_root());
        let good = sample(at, root);
        let found = |outcome| {
            Some(LogVerification { index: 41, actor: "a.garcia".to_owned(), began_at: at, ended_at: at, outcome })
        };
        let verified = Verified {
            entries: 1_000_000,
            root,
            batches: 90_000,
            checkpoints: 300,
            anchored: Some(1_000_000),
            tallied: 1_000_000,
            tallies: None,
            links: None,
            cosignatures: Cosignatures::default(),
        };
        let failed = Err("audit_entry row 17: its leaf is not the hash of its record".to_owned());
        let shouting = Trouble::Ahead { claimed: 1_000_300, length: 1_000_120 };
        let witnesses = vec![
            witness(1, Some(at), None),
            witness(2, None, Some(Trouble::Status(404))),
            witness(3, Some(at), Some(shouting)),
        ];
        let broken = LogHealth {
            witnesses,
            writer: Health { is_writable: false, failed_batches: 3, last_error: Some("disk full".to_owned()) },
            anchored: Err("the database is older than its anchor".to_owned()),
            verification: found(failed),
            published: None,
            ..good.clone()
        };
        let running = LogHealth { progress: Some(Progress { done: 250_000, of: 1_000_000 }), ..good.clone() };
        let untouched = LogHealth { verification: None, anchored: Ok(None), ..good.clone() };
        let healthy = LogHealth { verification: found(Ok(verified)), ..good };
        [healthy, broken, running, untouched].into_iter().map(page).collect()
    }
}

fn witness(number: u8, at: Option<DateTime<Utc>>, trouble: Option<Trouble>) -> WitnessHealth {
    let name = format!("witness.example/w{number}");
    let last = at.map(|at| Cosigned { size: 1_000_042, at });
    let seen = WitnessSeen { key: format!("{name}+0123abcd+BBBB"), name, last };
    WitnessHealth { seen, is_asked: true, trouble, failures: trouble.map_or(0, |_| 3) }
}

fn sample(at: DateTime<Utc>, root: Hash) -> LogHealth {
    LogHealth {
        origin: "records.las-cruces.example/zaguan".to_owned(),
        length: 1_000_120,
        root,
        first_at: Some(at - TimeDelta::days(200)),
        last_at: Some(at),
        published: Some(Published {
            size: 1_000_042,
            at,
            note: "records.las-cruces.example/zaguan\n1000042\n".to_owned(),
            witnesses: Vec::new(),
        }),
        anchored: Ok(Some(1_000_120)),
        writer: Health { is_writable: true, failed_batches: 0, last_error: None },
        verification: None,
        progress: None,
        keys: vec!["records.las-cruces.example/zaguan+0123abcd+AAAA".to_owned()],
        searchable: 999_424,
        witnesses: vec![witness(1, Some(at), None)],
    }
}

/// How the log is, now.
pub(super) async fn show(site: web::Data<Site>, desk: Desk<ReadLog>) -> Result<HttpResponse, Problem> {
    let anchor = anchor(&site.settings);
    let health = off_the_web(&site, move |app| app.log_health(&anchor).map_err(|_| unreadable())).await?;
    desk.show(&LogPage { frame: desk.frame("audit-log-title"), health })
}

/// Begins to verify the log, unless that is under way.
pub(super) async fn verify(site: web::Data<Site>, desk: Desk<ReadLog>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (app, who, anchor) = (site.app.clone(), desk.once(&sent), anchor(&site.settings));
    let begun = app.begin_verification(who, anchor).map_err(|_| {
        Problem::new(ProblemKind::Overloaded, "there is no thread to verify the log on; try again shortly")
    })?;
    let notice = if begun { "notice-verification-begun" } else { "notice-verification-under-way" };
    Ok(desk.see_other("/console/log", notice))
}

fn unreadable() -> Problem {
    Problem::new(ProblemKind::Unavailable, "the records cannot be read")
}
