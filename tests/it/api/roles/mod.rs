//! Who may call what: every route of the program, driven over HTTP by nobody, by a client and by every role.
//!
//! A new route needs a row in `matrix.txt`, which people review, and, if it changes something, one in `entries.rs`; a form
//! of the console, in `forms`.

mod closed;
mod entries;
mod forms;
mod matrix;
mod records_pages;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use zaguan::domain::staff::Role;

use crate::api::assert_problem;
use crate::api::staff::start;
use crate::support::app::Reply;
use crate::support::staff::Member;
use crate::support::{Browser, TestApp, TestDatabase};

/// The reviewed file: `METHOD /path`, then one mark for nobody, one for a client, one for each role.
const MATRIX: &str = include_str!("matrix.txt");

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Nobody,
    Client,
    Role(Role),
}

impl Who {
    fn all() -> Vec<Self> {
        [Self::Nobody, Self::Client].into_iter().chain(Role::ALL.into_iter().map(Self::Role)).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Client => "client",
            Self::Role(role) => role.as_str(),
        }
    }
}

/// The rows of the reviewed file: route → whether each may call it, in the order of [`Who::all`].
fn reviewed() -> BTreeMap<String, Vec<bool>> {
    let rows = MATRIX.lines().skip(1).filter(|line| !line.trim().is_empty());
    rows.map(|line| {
        let (route, marks) = line.split_at(56);
        (route.trim().to_owned(), marks.split_whitespace().map(|mark| mark == "yes").collect())
    })
    .collect()
}

/// A city hall with one person for each role.
struct House {
    app: TestApp,
    members: BTreeMap<Role, Member>,
    tokens: BTreeMap<Role, String>,
}

impl House {
    fn open(database: &TestDatabase) -> Self {
        let app = start(database);
        let members: BTreeMap<Role, Member> = Role::ALL.into_iter().map(|role| (role, app.enrol(role))).collect();
        let tokens = members.iter().map(|(role, member)| (*role, member.sign_in(&app.app))).collect();
        Self { app, members, tokens }
    }

    /// A new session, with the next code.
    fn sign_in_again(&mut self, role: Role) {
        self.app.clock.advance(TimeDelta::seconds(30));
        self.tokens.insert(role, self.members[&role].sign_in(&self.app.app));
    }

    /// Calls a route with an empty JSON object and ids that are nobody's.
    fn call(&self, who: Who, method: &str, path: &str) -> Reply {
        let bearer = match who {
            Who::Nobody => None,
            Who::Client => Some(self.app.token.as_str()),
            Who::Role(role) => Some(self.tokens[&role].as_str()),
        };
        call_with(&self.app, bearer, method, path)
    }
}

/// Method and path of every route there is.
fn listed() -> Vec<(String, &'static str)> {
    [zaguan::api::listed(), zaguan::console::listed()].concat()
}

fn is_page(path: &str) -> bool {
    path.starts_with("/console")
}

fn call_with(app: &TestApp, bearer: Option<&str>, method: &str, path: &str) -> Reply {
    let path = path
        .replace("{id}", "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000")
        .replace("{token}", "nobody-s-token")
        .replace("{key}", "0123456789abcdef")
        .replace("{piece}*", "63/000");
    if is_page(&path) {
        let browser = Browser::new(app, bearer.filter(|token| token.starts_with("zgs_")));
        return if method == "GET" { browser.get(&path) } else { browser.post(&path, &[]) };
    }
    let bearer = bearer.map(|token| format!("Bearer {token}"));
    let mut headers: Vec<(&str, &str)> = bearer.iter().map(|bearer| ("Authorization", bearer.as_str())).collect();
    let body: &[u8] = if method == "GET" || method == "DELETE" { b"" } else { b"{}" };
    if !body.is_empty() {
        headers.push(("Content-Type", "application/json"));
    }
    app.send(method, &path, &headers, body)
}

/// Fails unless the answer refuses, as problem document or as page, in the way of that slug.
#[track_caller]
fn assert_refused(method: &str, path: &str, reply: &Reply, status: u16, slug: &str) {
    if !is_page(path) {
        assert_problem(reply, status, slug);
        if status == 401 {
            assert!(reply.header("www-authenticate").is_some(), "{method} {path}");
        }
    } else if status == 401 && method == "GET" {
        assert_eq!(reply.status, 303, "{method} {path}: {reply:?}");
        assert!(reply.header("location").unwrap().starts_with("/console/sign-in"), "{reply:?}");
    } else {
        assert_eq!(reply.status, status, "{method} {path}: {reply:?}");
        assert!(reply.body.contains(&format!("data-problem=\"{slug}\"")), "{method} {path}: {reply:?}");
    }
}

/// Whoever is not let through is told 401 or 403, or sent to sign in; whatever else is answered, the door was open.
fn is_let_through(path: &str, reply: &Reply) -> bool {
    let sent_away = reply.header("location").is_some_and(|to| to.starts_with("/console/sign-in"));
    // Whoever signs out is sent there, too, and was let through.
    let is_sent_away = sent_away && path != "/console/sign-out";
    !matches!(reply.status, 401 | 403) && !is_sent_away
}

/// Whether a route is for people who are signed in: nobody without credentials and no client may, somebody may.
fn is_for_staff(marks: &[bool]) -> bool {
    matches!(marks, [false, false, roles @ ..] if roles.contains(&true))
}

fn split(route: &str) -> (&str, &str) {
    let (method, path) = route.split_once(' ').unwrap();
    (method, path.trim())
}
