//! Forms about one's own account.

use chrono::TimeDelta;
use zaguan::app::authority::Authority;
use zaguan::app::staff::NewStaff;
use zaguan::domain::staff::{Role, Roles};

use super::{Form, House, Values, of, twice};
use crate::support::staff::PASSWORD;

/// A code of somebody's app that was not used yet.
fn fresh(house: &House, role: Role) -> String {
    house.app.clock.advance(TimeDelta::seconds(30));
    house.members[&role].next_code(&house.app.app)
}

pub(super) fn of_ones_own() -> Vec<Form> {
    vec![
        Form {
            route: "POST /console/sign-in",
            role: Role::Editor,
            paths: |_| twice("/console/sign-in"),
            done: |h, _| signing_in(h, PASSWORD),
            refused: |h, _| signing_in(h, "a wrong passphrase"),
        },
        Form {
            route: "POST /console/enrol/{token}",
            role: Role::Editor,
            paths: |h| ["guest", "guest-two"].map(|name| format!("/console/enrol/{}", invited(h, name))),
            done: |h, path| {
                let token = path.rsplit('/').next().unwrap();
                let code = h.app.app.find_enrolment(token).unwrap().unwrap().totp.code_at(h.app.app.now());
                of(&[("password", PASSWORD), ("password-again", PASSWORD), ("code", &code)])
            },
            refused: |_, _| of(&[("password", PASSWORD), ("password-again", PASSWORD), ("code", "000000")]),
        },
        Form {
            route: "POST /console/account/recovery-codes",
            role: Role::Security,
            paths: |_| twice("/console/account/recovery-codes"),
            done: |h, _| of(&[("current-password", PASSWORD), ("code", &fresh(h, Role::Security))]),
            refused: |_, _| of(&[("current-password", PASSWORD), ("code", "000000")]),
        },
        Form {
            route: "POST /console/account/password",
            role: Role::Security,
            paths: |_| twice("/console/account/password"),
            done: |h, _| new_password(&fresh(h, Role::Security)),
            refused: |_, _| new_password("000000"),
        },
    ]
}

fn signing_in(house: &House, password: &str) -> Values {
    let code = fresh(house, Role::Editor);
    of(&[("username", &house.members[&Role::Editor].username), ("password", password), ("code", &code)])
}

fn new_password(code: &str) -> Values {
    const NEW: &str = "an entirely new passphrase";
    of(&[("current-password", PASSWORD), ("new-password", NEW), ("new-password-again", NEW), ("code", code)])
}

/// The token of a link for somebody new.
fn invited(house: &House, username: &str) -> String {
    let (username, roles) = (username.parse().unwrap(), Roles::new([Role::Council]).unwrap());
    let new = NewStaff { username, name: "A guest".to_owned(), roles };
    house.app.app.invite_staff(&Authority::operator(), new).unwrap().link.token.as_str().to_owned()
}
