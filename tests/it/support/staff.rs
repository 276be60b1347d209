//! People of a fictional city hall, enrolled and signed in through the program's own operations.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use serde_json::{Value, json};
use zaguan::app::App;
use zaguan::app::authority::Authority;
use zaguan::app::staff::{NewCredentials, NewStaff, SecondFactor, SignIn, TotpSecret};
use zaguan::domain::StaffId;
use zaguan::domain::staff::{Role, Roles};
use zeroize::Zeroizing;

use super::TestApp;
use super::app::Reply;

/// What everybody here signs in with.
pub const PASSWORD: &str = "plainly fictional passphrase";

/// From where everybody here signs in.
pub const ADDRESS: &str = "192.0.2.7";

/// Somebody who has enrolled.
pub struct Member {
    pub id: StaffId,
    pub username: String,
    pub totp: TotpSecret,
    pub recovery_codes: Vec<String>,
}

/// Makes an account with these roles and enrols its holder, whose first code is used up by that.
pub fn enrol(app: &App, username: &str, roles: &[Role]) -> Member {
    let new = NewStaff {
        username: username.parse().unwrap(),
        name: format!("{username} of the fictional city hall"),
        roles: Roles::new(roles.iter().copied()).unwrap(),
    };
    let invited = app.invite_staff(&Authority::operator(), new).unwrap();
    let (totp, recovery_codes) = accept(app, &invited.link.token);
    Member { id: invited.id, username: username.to_owned(), totp, recovery_codes }
}

/// Enrols whoever the link is for.
pub fn accept(app: &App, token: &str) -> (TotpSecret, Vec<String>) {
    let totp = app.find_enrolment(token).unwrap().expect("the link is good").totp;
    let code = Zeroizing::new(totp.code_at(app.now()));
    let new = NewCredentials { password: Zeroizing::new(PASSWORD.to_owned()), code, username: None, name: None };
    let enrolled = app.enrol(token, &new).unwrap();
    (totp, enrolled.recovery_codes.0.iter().map(|code| code.to_string()).collect())
}

impl Member {
    /// A code that was not used yet: enrolling used the present one, so this is the next.
    pub fn next_code(&self, app: &App) -> String {
        self.totp.code_at(app.now() + TimeDelta::seconds(30))
    }

    /// Signs in with the next code. Good once in thirty seconds of the test's clock.
    pub fn sign_in(&self, app: &App) -> String {
        let attempt = SignIn {
            username: self.username.clone(),
            password: Zeroizing::new(PASSWORD.to_owned()),
            second: SecondFactor::Totp(Zeroizing::new(self.next_code(app))),
            address: ADDRESS.to_owned(),
        };
        app.sign_in(&attempt).unwrap_or_else(|error| panic!("{}: {error}", self.username)).token.to_string()
    }

    /// The body of `POST /api/v1/sessions`.
    pub fn credentials(&self, app: &App) -> Value {
        json!({ "username": self.username, "password": PASSWORD, "totp": self.next_code(app) })
    }
}

impl TestApp {
    /// Somebody with this role, signed in: their bearer token.
    pub fn staff(&self, role: Role) -> String {
        self.enrol(role).sign_in(&self.app)
    }

    /// Somebody with this role, enrolled.
    pub fn enrol(&self, role: Role) -> Member {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        enrol(&self.app, &format!("{role}-{}", NUMBER.fetch_add(1, Ordering::Relaxed)), &[role])
    }

    /// Calls as whoever holds this token.
    pub fn as_staff<'a>(&'a self, token: &'a str) -> AsStaff<'a> {
        AsStaff { app: self, token }
    }
}

/// Calls of somebody who is signed in.
pub struct AsStaff<'a> {
    app: &'a TestApp,
    token: &'a str,
}

impl AsStaff<'_> {
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, Some(body))
    }

    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, Some(body))
    }

    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None)
    }

    /// A call with a JSON body, or with none.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", bearer.as_str())];
        headers.extend(body.map(|_| ("Content-Type", "application/json")));
        let body = body.map(Value::to_string).unwrap_or_default();
        self.app.send(method, path, &headers, body.as_bytes())
    }
}
