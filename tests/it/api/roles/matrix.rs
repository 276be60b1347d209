//! The whole picture is one reviewed file.

use super::{House, MATRIX, Who, is_let_through, listed};
use crate::support::TestDatabase;

fn may_call(house: &House, who: Who, method: &str, path: &str) -> bool {
    is_let_through(path, &house.call(who, method, path))
}

#[test]
fn who_may_call_what_is_what_was_reviewed() {
    let database = TestDatabase::sqlite();
    let mut house = House::open(&database);
    let everybody = Who::all();
    let cell = |text: &str| format!("{text:>11}");
    let heads: Vec<String> = everybody.iter().map(|who| cell(who.name())).collect();
    let mut found = vec![format!("{:56}{}", "route", heads.concat())];
    for (method, path) in listed() {
        let mut row = format!("{:56}", format!("{method:7}{path}"));
        for who in &everybody {
            let is_open = may_call(&house, *who, &method, path);
            row.push_str(&cell(if is_open { "yes" } else { "." }));
            // Some routes end the session that calls.
            let ends = [
                "/api/v1/sessions/current",
                "/api/v1/account/sessions",
                "/console/account/sessions",
                "/console/sign-out",
            ];
            if let (Who::Role(role), true) = (who, ends.contains(&path) && method != "GET") {
                house.sign_in_again(*role);
            }
        }
        found.push(row);
    }
    let found = found.join("\n") + "\n";
    assert!(found == MATRIX, "`tests/it/api/roles/matrix.txt` is not what is so; reviewed, it would be:\n{found}");
}
