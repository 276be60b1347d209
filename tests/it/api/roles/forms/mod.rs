//! Every form of the console that changes something: what it sends, that it leaves an entry when it is carried out, and
//! that it leaves one when it is refused.

mod accounts;
mod bases;
mod catalog;
mod own;

use std::collections::BTreeSet;

use zaguan::domain::staff::Role;

use super::entries::{form, leaves, rows};
use super::{House, Who, listed, split};
use crate::support::{Browser, TestDatabase};

/// What a form sends.
type Values = Vec<(&'static str, String)>;

/// A form, by whom it is sent, to which path so that it is carried out and to which so that it is refused, and with what.
struct Form {
    route: &'static str,
    role: Role,
    /// What is needed for it is made here, before entries are counted.
    paths: fn(&House) -> [String; 2],
    done: fn(&House, &str) -> Values,
    refused: fn(&House, &str) -> Values,
}

/// Ends the session that calls: there is nothing to refuse to whoever may call it.
const ENDS_THE_CALLER: [(&str, Role); 2] =
    [("POST /console/sign-out", Role::Council), ("POST /console/account/sessions", Role::Supervisor)];

/// Forms without a row: the language is kept by the browser alone; a verification writes its entry when it is through, and
/// `whoever_asks_for_a_verification_sees_its_result` waits for that.
const WITHOUT_A_ROW: [&str; 2] = ["POST /console/language", "POST /console/log/verification"];

fn of(values: &[(&'static str, &str)]) -> Values {
    values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// The same path twice: what is done is refused when it is asked for again.
fn twice(path: impl Into<String>) -> [String; 2] {
    let path = path.into();
    [path.clone(), path]
}

const NOTHING: fn(&House, &str) -> Values = |_, _| Vec::new();

/// A form about an account, an application or a proposal, which always sends the same.
fn plain(route: &'static str, role: Role, paths: fn(&House) -> [String; 2], sends: fn(&House, &str) -> Values) -> Form {
    Form { route, role, paths, done: sends, refused: sends }
}

/// Forms in an order in which each is possible.
fn forms() -> Vec<Form> {
    let own = [own::of_ones_own(), accounts::of_accounts(), accounts::of_clients()];
    let all = [bases::of_bases(), bases::of_referrals()].into_iter().chain(own).chain([catalog::of_the_catalogue()]);
    all.flatten().collect()
}

fn send(house: &House, role: Role, path: &str, values: &[(&'static str, String)]) -> u16 {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form(house, role, path, &values)
}

#[test]
fn every_form_leaves_its_entry_and_so_does_every_refused_one() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    for Form { route, role, paths, done, refused } in forms() {
        let [here, there] = paths(&house);
        let values = done(&house, &here);
        let (status, added) = leaves(&house.app, |_| send(&house, role, &here, &values));
        assert!((200..400).contains(&status) && added >= 1, "{route}: {status} with {added} entries");
        let values = refused(&house, &there);
        let (status, added) = leaves(&house.app, |_| send(&house, role, &there, &values));
        assert!(status >= 400 && added >= 1, "{route} refused: {status} with {added} entries");
    }
    for (route, role) in ENDS_THE_CALLER {
        let (method, path) = split(route);
        let (status, added) = leaves(&house.app, |_| house.call(Who::Role(role), method, path).status);
        assert_eq!((status, added), (303, 1), "{route}");
    }
}

#[test]
fn no_form_is_without_a_row() {
    let mut known: BTreeSet<&str> = rows().iter().map(|row| row.route).collect();
    known.extend(forms().iter().map(|form| form.route));
    known.extend(ENDS_THE_CALLER.map(|(route, _)| route));
    known.extend(WITHOUT_A_ROW);
    for (method, path) in listed().into_iter().filter(|(method, _)| method != "GET") {
        let route = format!("{method} {path}");
        assert!(!path.starts_with("/console") || known.contains(route.as_str()), "{route} has no row here");
    }
}

/// Forms of guests: a code and a link are good once, whatever form they come with.
const OF_GUESTS: [&str; 2] = ["POST /console/sign-in", "POST /console/enrol/{token}"];

#[test]
fn every_form_that_is_sent_twice_is_carried_out_once() {
    let database = TestDatabase::sqlite();
    let house = House::open(&database);
    for Form { route, role, paths, done, .. } in forms() {
        let [path, _] = paths(&house);
        let sends = done(&house, &path);
        let values: Vec<(&str, &str)> = sends.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let desk = Browser::new(&house.app, Some(&house.tokens[&role]));
        let token = desk.form_token();
        let first = desk.post_with(&path, &token, &values);
        assert!((200..400).contains(&first.status), "{route}: {first:?}");
        let again = desk.post_with(&path, &token, &values);
        let is_told = again.body.contains("data-problem=\"already-done\"");
        assert!(is_told || OF_GUESTS.contains(&route) && again.status >= 400, "{route}: {again:?}");
    }
}
