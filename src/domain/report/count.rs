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

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{Counted, Day, Delay, Tally};
use crate::domain::client::ClientRefusal;
use crate::domain::decision::{Effect, Obligation, Outcome, Reason};
use crate::domain::field::FieldClass;
use crate::domain::legal_basis::check::CheckId;
use crate::domain::legal_basis::life::{BasisState, ReviewOutcome};
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::record::EventKind;
use crate::domain::staff::Role;
use crate::domain::{LegalBasisId, Purpose, RequesterKind, StoreId};

/// The members of a record that are counted. Words only: whatever holds an escape is none of ours.
#[derive(Deserialize)]
struct Record<'a> {
    at: &'a str,
    id: &'a str,
    kind: &'a str,
    #[serde(default, borrow)]
    about: BTreeMap<&'a str, Cow<'a, str>>,
    #[serde(default, borrow)]
    fields: Vec<Field<'a>>,
    #[serde(default, borrow)]
    obligations: Vec<&'a str>,
    #[serde(default)]
    outcome: &'a str,
    #[serde(default, borrow)]
    policy: Policy<'a>,
    #[serde(default)]
    purpose: &'a str,
    #[serde(default)]
    requester_kind: &'a str,
    #[serde(default)]
    store: &'a str,
}

#[derive(Deserialize)]
struct Field<'a> {
    class: &'a str,
    legal_basis: Option<&'a str>,
    reason: &'a str,
}

#[derive(Default, Deserialize)]
struct Policy<'a> {
    sha256: &'a str,
}

impl Tally {
    /// Counts one record.
    pub fn count(&mut self, record: &[u8]) {
        let parsed = serde_json::from_slice::<Record<'_>>(record).ok();
        let dated = parsed.and_then(|record| Some((record.at.parse::<DateTime<Utc>>().ok()?, record)));
        // Every entry counts as one, so that the sum of them is the length of the log.
        let Some((at, record)) = dated else {
            return self.add_words(Counted::Entry, Day::numbered(0), &["unreadable"], 1);
        };
        let day = self.day(at);
        self.add_words(Counted::Entry, day, &[known::<EventKind>(record.kind)], 1);
        if record.kind == "decision" { self.decision(&record, at, day) } else { self.event(&record, day) }
    }

    fn decision(&mut self, record: &Record<'_>, at: DateTime<Utc>, day: Day) {
        let Record { requester_kind, purpose, outcome, store, fields, .. } = record;
        let outcome = known::<Outcome>(outcome);
        let asked = [known::<RequesterKind>(requester_kind), known::<Purpose>(purpose), outcome];
        self.add_words(Counted::Request, day, &asked, 1);
        let delay = Uuid::try_parse(record.id).map_or(Delay::Unknown, |id| Delay::between(id, at));
        self.add_words(Counted::StoreRequest, day, &[known::<StoreId>(store), outcome, delay.as_str()], 1);
        for obligation in &record.obligations {
            self.add_words(Counted::Flag, day, &[known::<Obligation>(obligation)], 1);
        }
        if fields.iter().any(|field| field.reason == Reason::ConfidentialAddress.as_str()) {
            self.add_words(Counted::Flag, day, &[Reason::ConfidentialAddress.as_str()], 1);
        }
        let bases: BTreeSet<&str> = fields.iter().filter_map(|field| field.legal_basis).collect();
        for basis in bases {
            self.add_words(Counted::BasisUse, day, &[known::<LegalBasisId>(basis)], 1);
        }
        self.fields(record, day);
    }

    fn fields(&mut self, record: &Record<'_>, day: Day) {
        let policy = version(record.policy.sha256);
        let mut effects: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for field in &record.fields {
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

    fn event(&mut self, record: &Record<'_>, day: Day) {
        let about = |name: &str| record.about.get(name).map(Cow::as_ref);
        let basis = known::<LegalBasisId>(about("legal_basis").unwrap_or_default());
        let mut step = |step: &str| self.add_words(Counted::Step, day, &[basis, step], 1);
        match record.kind {
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
            _ => self.account(record, day),
        }
        for check in about("failed_checks").unwrap_or_default().split(' ').filter(|check| !check.is_empty()) {
            self.add_words(Counted::FailedCheck, day, &[known::<CheckId>(check)], 1);
        }
    }

    fn account(&mut self, record: &Record<'_>, day: Day) {
        let about = |name: &str| record.about.get(name).map_or("", Cow::as_ref);
        let (gained, lost) = match record.kind {
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
