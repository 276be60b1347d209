//! Counting the log: what each record adds to the tallies.
//!
//! A pure function of the record's bytes and of nothing else: whoever has the records has the tallies. The ledger counts an
//! entry with it in the transaction that appends it, `audit verify` counts it again.
//!
//! Must never keep a person, a name, or a text that somebody typed: a key is made of words of closed sets and of ids of
//! stores, policies and legal bases.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use chrono::DateTime;

use super::{Counted, Day, Delay, Tally};
use crate::domain::client::ClientRefusal;
use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::check::CheckId;
use crate::domain::legal_basis::life::{BasisState, ReviewOutcome};
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::record::{AskedWords, DecisionWords, EventKind, FieldWords, Members};
use crate::domain::staff::Role;
use crate::domain::{LegalBasisId, Purpose, RequesterKind, StoreId};

impl Tally {
    /// Counts one record.
    pub fn count(&mut self, record: &[u8]) {
        match Members::read(record) {
            Ok(record) => self.count_members(&record),
            Err(_) => self.count_unreadable(),
        }
    }

    pub(super) fn count_members(&mut self, record: &Members<'_>) {
        if let Some(words) = DecisionWords::of(record) {
            if let Some(day) = self.count_request(&words) {
                self.count_fields(words.asked, day);
            }
        } else if let Ok(at) = DateTime::parse_from_rfc3339(record.word("at")) {
            let day = self.day(at.to_utc());
            self.event(record, record.word("kind"), day);
        } else {
            self.count_unreadable();
        }
    }

    /// Every entry counts as one, so that the sum of them is the length of the log.
    pub(super) fn count_unreadable(&mut self) {
        self.add_words(Counted::Entry, Day::numbered(0), &["unreadable"], 1);
    }

    /// Counts what a decision says of the request as a whole, and gives the day on which its fields count; `None` when it
    /// says of no instant at which it was made.
    pub(super) fn count_request(&mut self, words: &DecisionWords<'_>) -> Option<Day> {
        let Ok(at) = DateTime::parse_from_rfc3339(words.at) else {
            self.count_unreadable();
            return None;
        };
        let (day, delay) = (self.day(at.to_utc()), Delay::of(words.id, at.to_utc()));
        self.add_words(Counted::Entry, day, &[EventKind::Decision.as_str()], 1);
        let outcome = known::<Outcome>(words.outcome);
        let (kind, purpose) = (known::<RequesterKind>(words.requester_kind), known::<Purpose>(words.purpose));
        self.add_words(Counted::Request, day, &[kind, purpose, outcome], 1);
        self.add_words(Counted::StoreRequest, day, &[known::<StoreId>(words.store), outcome, delay.as_str()], 1);
        for obligation in words.obligations() {
            self.add_words(Counted::Flag, day, &[known::<Obligation>(obligation)], 1);
        }
        Some(day)
    }

    /// Counts what a decision says of the fields. Depends on nothing else.
    pub(super) fn count_fields(&mut self, asked: AskedWords<'_>, day: Day) {
        let fields = asked.fields();
        if fields.iter().any(|field| field.reason == Reason::ConfidentialAddress.as_str()) {
            self.add_words(Counted::Flag, day, &[Reason::ConfidentialAddress.as_str()], 1);
        }
        let bases: BTreeSet<&str> = fields.iter().filter_map(|field| field.legal_basis).collect();
        for basis in bases {
            self.add_words(Counted::BasisUse, day, &[known::<LegalBasisId>(basis)], 1);
        }
        self.fields(&fields, version(asked.policy_sha256()), day);
    }

    fn fields(&mut self, fields: &[FieldWords<'_>], policy: &str, day: Day) {
        let mut effects: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for field in fields {
            let class = known::<FieldClass>(field.class);
            self.add_words(Counted::Field, day, &[class, known::<Reason>(field.reason), policy], 1);
            let (permits, denies) = effects.entry(class).or_default();
            match field.reason.parse::<Reason>().map(Reason::effect) {
                Ok(Effect::Permit) => *permits = true,
                Ok(Effect::Deny) | Err(_) => *denies = true,
            }
        }
        for (class, effects) in effects {
            let effect = match effects {
                (true, true) => "both",
                (true, false) => Effect::Permit.as_str(),
                (false, _) => Effect::Deny.as_str(),
            };
            self.add_words(Counted::ClassRequest, day, &[class, effect], 1);
        }
    }

    fn event(&mut self, record: &Members<'_>, kind: &str, day: Day) {
        self.add_words(Counted::Entry, day, &[known::<EventKind>(kind)], 1);
        let members = About::of(record);
        let about = |name: &str| members.get(name);
        let basis = known::<LegalBasisId>(about("legal_basis").unwrap_or_default());
        let mut step = |step: &str| self.add_words(Counted::Step, day, &[basis, step], 1);
        match kind {
            "legal_basis_registered" => {
                let kind = known::<BasisKind>(about("kind").unwrap_or_default());
                let instrument = about("instrument").map_or("none", known::<Instrument>);
                let words = [basis, kind, instrument, known::<BasisState>(about("outcome").unwrap_or_default())];
                self.add_words(Counted::Basis, day, &words, 1);
            }
            "legal_basis_verified" if about("is_again") == Some("true") => step("verified_again"),
            "legal_basis_verified" => step("verified"),
            "legal_basis_rejected" => step("rejected"),
            "legal_basis_revoked" => step("revoked"),
            "legal_basis_superseded" => step("superseded"),
            "legal_basis_renewed" => step("renewed"),
            "legal_basis_reviewed" => step(known::<ReviewOutcome>(about("outcome").unwrap_or_default())),
            "call_refused" => self.add_words(Counted::Refused, day, &[refusal(about("reason").unwrap_or_default())], 1),
            _ => self.account(kind, &members, day),
        }
        for check in about("failed_checks").unwrap_or_default().split(' ').filter(|check| !check.is_empty()) {
            self.add_words(Counted::FailedCheck, day, &[known::<CheckId>(check)], 1);
        }
    }

    fn account(&mut self, kind: &str, about: &About<'_>, day: Day) {
        let about = |name: &str| about.get(name).unwrap_or_default();
        let (gained, lost) = match kind {
            "staff_invited" | "staff_enabled" => (about("roles"), ""),
            "staff_disabled" => ("", about("roles")),
            "staff_roles_changed" if about("status") != "disabled" => (about("roles"), about("replaced_roles")),
            "staff_enrolled" if about("link") == "first_admin" => ("admin", ""),
            _ => return,
        };
        for (roles, count) in [(gained, 1), (lost, -1)] {
            for role in roles.split(' ').filter(|role| !role.is_empty()) {
                self.add_words(Counted::Account, day, &[known::<Role>(role)], count);
            }
        }
    }
}

/// What an event says it was about.
struct About<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> About<'a> {
    fn of(record: &Members<'a>) -> Self {
        let mut about = Vec::with_capacity(8);
        if let Some(members) = record.get("about") {
            members.each_member(|key, value| about.extend(value.text().map(|text| (key, text))));
        }
        Self(about)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, text)| text.as_ref())
    }
}

/// Stands for a word that nobody knows.
const OTHER: &str = "other";

/// The word itself if it is one of a closed set, or an id as ids are made. Nothing else gets into a key, whoever typed it.
fn known<T: FromStr>(word: &str) -> &str {
    if word.parse::<T>().is_ok() { word } else { OTHER }
}

/// The first letters of a policy's hash.
fn version(sha256: &str) -> &str {
    let version = sha256.get(..12).unwrap_or_default();
    let is_hash = version.len() == 12 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { version } else { OTHER }
}

/// Why a call was turned away: a client's reasons, and two of staff.
fn refusal(reason: &str) -> &str {
    let of_staff = ["forbidden", "authority_lost"];
    let of_clients = ClientRefusal::ALL.map(ClientRefusal::code);
    if of_staff.contains(&reason) || of_clients.contains(&reason) { reason } else { OTHER }
}
