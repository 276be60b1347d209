//! Members that are words or numbers, of a query string or of a search's body: read strictly, every fault named at once.

use std::str::FromStr;

use actix_web::{HttpRequest, web};

use super::problem::MemberError;
use super::{Problem, ProblemKind};

/// What was given, and what is wrong with it.
pub struct Members {
    given: Vec<(String, String)>,
    faults: Vec<MemberError>,
    /// What stands before a member's name where it is named: nothing for a query, `/` for a body.
    prefix: &'static str,
}

impl Members {
    /// The members of a request's query string.
    ///
    /// # Errors
    /// When it is no query string.
    pub fn of_query(request: &HttpRequest) -> Result<Self, Problem> {
        let given = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        let given = given.map_err(|_| Problem::new(ProblemKind::InvalidRequest, "the query string cannot be read"))?;
        Ok(Self { given: given.into_inner(), faults: Vec::new(), prefix: "" })
    }

    /// The members of a body.
    #[must_use]
    pub fn of_body(given: Vec<(String, String)>) -> Self {
        Self { given, faults: Vec::new(), prefix: "/" }
    }

    /// Takes a member out; `expected` says what is expected of it.
    pub fn take<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let at = self.given.iter().position(|(given, _)| given == name)?;
        let (_, value) = self.given.swap_remove(at);
        if self.given.iter().any(|(given, _)| given == name) {
            self.given.retain(|(given, _)| given != name);
            self.fault(name, "stands here twice");
            return None;
        }
        let parsed = value.parse().ok();
        if parsed.is_none() {
            self.fault(name, format!("expected {expected}"));
        }
        parsed
    }

    /// Takes the size of a page: 1 to 100, 100 when it is not given.
    pub fn take_limit(&mut self) -> usize {
        let limit = self.take::<usize>("limit", "a number from 1 to 100").unwrap_or(100);
        if !(1..=100).contains(&limit) {
            self.fault("limit", "expected a number from 1 to 100");
        }
        limit
    }

    /// Names a member that is not as expected.
    pub fn fault(&mut self, name: &str, detail: impl Into<String>) {
        self.faults.push(MemberError { member: format!("{}{name}", self.prefix), detail: detail.into() });
    }

    /// Ends the reading: what was not taken is not known here.
    ///
    /// # Errors
    /// Every fault.
    pub fn finish(mut self) -> Result<(), Problem> {
        let unknown: Vec<String> = self.given.drain(..).map(|(name, _)| name.chars().take(64).collect()).collect();
        for name in &unknown {
            self.fault(name, "is not known here");
        }
        Problem::of_members(self.faults).map_or(Ok(()), Err)
    }
}
