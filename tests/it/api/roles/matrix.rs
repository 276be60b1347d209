//! The whole picture is one reviewed file.

use zaguan::api::listed;

use super::{House, MATRIX, Who};
use crate::support::TestDatabase;

/// Whoever is not let through is told 401 or 403; what else is answered, the door was open.
fn may_call(house: &House, who: Who, method: &str, path: &str) -> bool {
    !matches!(house.call(who, method, path).status, 401 | 403)
}

#[test]
fn who_may_call_what_is_what_was_reviewed() {
    let database = TestDatabase::sqlite();
    let mut house = House::open(&database);
    let everybody = Who::all();
    let heads = everybody.iter().map(|who| format!("{:>11}", who.name())).collect::<String>();
    let mut found = format!("{:56}{heads}\n", "route");
    for (method, path) in listed() {
        found.push_str(&format!("{:56}", format!("{method:7}{path}")));
        for who in &everybody {
            let is_open = may_call(&house, *who, &method, path);
            found.push_str(&format!("{:>11}", if is_open { "yes" } else { "." }));
            // Two routes end the session that calls.
            let ends = ["/api/v1/sessions/current", "/api/v1/account/sessions"].contains(&path) && method == "DELETE";
            if let (Who::Role(role), true) = (who, ends) {
                house.sign_in_again(*role);
            }
        }
        found.push('\n');
    }
    assert!(found == MATRIX, "`tests/it/api/roles/matrix.txt` is not what is so; reviewed, it would be:\n{found}");
}
