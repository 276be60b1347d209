//! Forms of admins: about accounts, the access review and applications; and about one's own sessions.

use chrono::TimeDelta;
use zaguan::domain::staff::Role;

use super::{Form, House, NOTHING, Values, of, plain, twice};
use crate::support::Browser;

const NOBODY: &str = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000";

/// A page about the holder of a role, and the same about the admin who asks, which is refused.
fn about(house: &House, whom: Role, what: &str) -> [String; 2] {
    [whom, Role::Admin].map(|role| format!("/console/staff/{}/{what}", house.members[&role].id))
}

pub(super) fn of_accounts() -> Vec<Form> {
    const LEFT: fn(&House, &str) -> Values = |_, _| of(&[("reason", "left")]);
    vec![
        plain(
            "POST /console/staff/invite",
            Role::Admin,
            |_| twice("/console/staff/invite"),
            |_, _| of(&[("name", "Ana Ortiz"), ("username", "ana.ortiz"), ("roles", "records")]),
        ),
        plain(
            "POST /console/staff/{id}/roles",
            Role::Admin,
            |h| about(h, Role::Editor, "roles"),
            |_, _| of(&[("roles-form", "1"), ("roles", "council")]),
        ),
        plain("POST /console/staff/{id}/disabling", Role::Admin, |h| about(h, Role::Editor, "disabling"), LEFT),
        plain(
            "POST /console/staff/{id}/enabling",
            Role::Admin,
            |h| twice(about(h, Role::Editor, "enabling")[0].as_str()),
            |_, _| of(&[("reason", "returned")]),
        ),
        plain("POST /console/staff/{id}/reset", Role::Admin, |h| about(h, Role::Editor, "reset"), NOTHING),
        plain(
            "POST /console/staff/{id}/sessions",
            Role::Admin,
            |h| [about(h, Role::Editor, "sessions")[0].clone(), format!("/console/staff/{NOBODY}/sessions")],
            NOTHING,
        ),
        plain(
            "POST /console/account/sessions/{id}",
            Role::Auditor,
            |h| {
                h.app.clock.advance(TimeDelta::seconds(30));
                h.members[&Role::Auditor].sign_in(&h.app.app);
                let page = Browser::new(&h.app, Some(&h.tokens[&Role::Auditor])).get("/console/account").body;
                let other = page.split("action=\"/console/account/sessions/").nth(1).unwrap();
                twice(format!("/console/account/sessions/{}", other.split('"').next().unwrap()))
            },
            NOTHING,
        ),
        plain(
            "POST /console/access-review/staff/{id}",
            Role::Admin,
            |h| {
                let page = |role| format!("/console/access-review/staff/{}", h.members[&role].id);
                [page(Role::Counsel), page(Role::Admin)]
            },
            NOTHING,
        ),
        plain(
            "POST /console/access-review/clients/{id}",
            Role::Admin,
            |_| ["billing", "nobody"].map(|client| format!("/console/access-review/clients/{client}")),
            NOTHING,
        ),
    ]
}

/// An application of one's own, so that the house's goes on.
pub(super) fn of_clients() -> Vec<Form> {
    vec![
        plain(
            "POST /console/client-registration",
            Role::Admin,
            |_| twice("/console/client-registration"),
            |_, _| of(&[("id", "desk"), ("name", "Desk"), ("stores", "library"), ("requester-kinds", "court")]),
        ),
        Form {
            route: "POST /console/clients/{id}/scope",
            role: Role::Admin,
            paths: |_| twice("/console/clients/desk/scope"),
            done: |_, _| of(&[("scope-form", "1"), ("stores", "library"), ("requester-kinds", "contractor")]),
            refused: |_, _| of(&[("scope-form", "1"), ("stores", "nowhere"), ("requester-kinds", "court")]),
        },
        plain(
            "POST /console/clients/{id}/secret",
            Role::Admin,
            |_| ["desk", "nobody"].map(|client| format!("/console/clients/{client}/secret")),
            NOTHING,
        ),
        plain(
            "POST /console/clients/{id}/disabling",
            Role::Admin,
            |_| twice("/console/clients/desk/disabling"),
            NOTHING,
        ),
        plain("POST /console/clients/{id}/enabling", Role::Admin, |_| twice("/console/clients/desk/enabling"), NOTHING),
    ]
}
