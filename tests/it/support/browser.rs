//! Somebody with a browser and without JavaScript: cookies are kept, forms carry their token, redirects are seen.

use std::cell::RefCell;
use std::collections::BTreeMap;

use zaguan::domain::staff::Role;
use zaguan::http::sent::FORM_TOKEN;
use zaguan::http::visitor::{LANGUAGE_COOKIE, SESSION_COOKIE, VISIT_COOKIE};

use super::TestApp;
use super::app::{FORM, Reply};

const VISIT: &str = "a-visit-of-a-test";

/// A browser with its cookies.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    /// A browser, with the session of this token if there is one.
    pub fn new(app: &'a TestApp, session: Option<&str>) -> Self {
        let mut cookies = BTreeMap::from([(VISIT_COOKIE.to_owned(), VISIT.to_owned())]);
        cookies.extend(session.map(|token| (SESSION_COOKIE.to_owned(), token.to_owned())));
        Self { app, cookies: RefCell::new(cookies) }
    }

    /// Reads Spanish from now on.
    pub fn in_spanish(self) -> Self {
        self.cookies.borrow_mut().insert(LANGUAGE_COOKIE.to_owned(), "es".to_owned());
        self
    }

    /// What a cookie holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// Opens a page and follows where it leads, as browsers do.
    pub fn open(&self, path: &str) -> Reply {
        let mut reply = self.get(path);
        while reply.status == 303 {
            let to = reply.header("location").unwrap().to_owned();
            reply = self.get(&to);
        }
        reply
    }

    /// Sends a form as it was handed out.
    pub fn post(&self, path: &str, values: &[(&str, &str)]) -> Reply {
        self.post_with(path, &self.form_token(), values)
    }

    /// Sends a form and follows where it leads.
    pub fn submit(&self, path: &str, values: &[(&str, &str)]) -> Reply {
        let reply = self.post(path, values);
        if reply.status == 303 { self.open(reply.header("location").unwrap()) } else { reply }
    }

    /// A token of a form that was handed out to this browser.
    pub fn form_token(&self) -> String {
        let cookies = self.cookies.borrow();
        let binding = cookies.get(SESSION_COOKIE).or(cookies.get(VISIT_COOKIE)).map_or("", String::as_str);
        self.app.app.form_token(binding).unwrap()
    }

    /// Sends a form with this token.
    pub fn post_with(&self, path: &str, token: &str, values: &[(&str, &str)]) -> Reply {
        let all = std::iter::once((FORM_TOKEN, token)).chain(values.iter().copied());
        let body: Vec<String> = all.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.send("POST", path, &[("Content-Type", FORM)], body.join("&").as_bytes())
    }

    /// Sends a form with a file in the field `field`.
    pub fn upload(&self, path: &str, values: &[(&str, &str)], field: &str, file: &[u8]) -> Reply {
        self.upload_with(path, &self.form_token(), values, field, file)
    }

    /// Sends a form with this token and a file.
    pub fn upload_with(&self, path: &str, token: &str, values: &[(&str, &str)], field: &str, file: &[u8]) -> Reply {
        const BOUNDARY: &str = "a-boundary-that-is-nowhere-else";
        let mut body = Vec::new();
        for (name, value) in std::iter::once((FORM_TOKEN, token)).chain(values.iter().copied()) {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"scan\"\r\n");
        body.extend_from_slice(format!("{head}Content-Type: application/octet-stream\r\n\r\n").as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.send("POST", path, &[("Content-Type", &format!("multipart/form-data; boundary={BOUNDARY}"))], &body)
    }

    /// Sends a request with the cookies, and keeps those of the answer.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut all = vec![("Cookie", cookies.as_str())];
        all.extend(headers);
        let reply = self.app.send(method, path, &all, body);
        for (_, value) in reply.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        reply
    }
}

fn encode(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl TestApp {
    /// A browser of somebody with this role, signed in.
    pub fn desk(&self, role: Role) -> Browser<'_> {
        Browser::new(self, Some(&self.staff(role)))
    }

    /// A browser of somebody who is not signed in.
    pub fn guest(&self) -> Browser<'_> {
        Browser::new(self, None)
    }
}
