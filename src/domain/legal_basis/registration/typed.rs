//! A registration as it stands in the fields of a page: texts, whatever was typed, until somebody registers it.
//!
//! Nothing that was typed is ever lost: a day that is none stays as it is until it is put right. What was typed for another
//! kind of paper stays, too, and is not read. Must never be printed: it is full of people.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::fault::{Fault, Faults};
use super::members::{Sort, members};
use super::typed_day::{Bound, instant_of};
use super::{
    FormFault, OfficerForm, PeriodForm, Registration, RegistrationForm, RegistrationRules, RequesterForm, ResidentForm,
    ScopeForm,
};
use crate::domain::legal_basis::{BasisKind, Instrument};

/// What was typed, by the name of its field. A list has its field several times.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedForm(BTreeMap<String, Vec<String>>);

/// Whether a page asks for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It does not belong to this kind of paper.
    No,
    /// It may be left out.
    Optional,
    /// It is needed.
    Needed,
}

impl TypedForm {
    /// Puts what was sent in the place of what these fields held. Residents without an id are no residents.
    pub fn put(&mut self, fields: &[&str], sent: impl IntoIterator<Item = (String, String)>) {
        self.0.retain(|field, _| !fields.contains(&field.as_str()));
        for (field, text) in sent.into_iter().filter(|(field, _)| fields.contains(&field.as_str())) {
            self.0.entry(field).or_default().push(text);
        }
        if fields.contains(&"resident") {
            self.drop_blank_residents();
        }
    }

    fn drop_blank_residents(&mut self) {
        let (stores, residents) = (self.0.remove("resident_store"), self.0.remove("resident"));
        let stores = stores.unwrap_or_default().into_iter().chain(std::iter::repeat(String::new()));
        let rows = residents.unwrap_or_default().into_iter().zip(stores);
        for (resident, store) in rows.filter(|(resident, _)| !resident.trim().is_empty()) {
            self.0.entry("resident".to_owned()).or_default().push(resident);
            self.0.entry("resident_store".to_owned()).or_default().push(store);
        }
    }

    /// What a field holds; empty when nothing was typed.
    #[must_use]
    pub fn first(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// Everything that a field holds.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// The residents, each with its store.
    pub fn residents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all("resident_store").iter().zip(self.all("resident")).map(|(store, id)| (store.as_str(), id.as_str()))
    }

    /// The kind, if it is one.
    #[must_use]
    pub fn kind(&self) -> Option<BasisKind> {
        self.first("kind").parse().ok()
    }

    /// The paper, if it is one. An emergency has none.
    #[must_use]
    pub fn instrument(&self) -> Option<Instrument> {
        let has_paper = self.kind() != Some(BasisKind::EmergencyException);
        self.first("instrument").parse().ok().filter(|_| has_paper)
    }

    /// Whether such a paper can never unlock, and is registered so that it is counted.
    #[must_use]
    pub fn is_only_counted(&self) -> bool {
        self.sort() == Some(Sort::Counted)
    }

    /// Whether a member is asked for. Without a kind nothing is.
    #[must_use]
    pub fn asks(&self, member: &str) -> Asked {
        let Some(sort) = self.sort() else { return Asked::No };
        let row = members(&RegistrationForm::default()).into_iter().find(|(name, ..)| *name == member);
        match row {
            Some((_, _, _, needed)) if needed.contains(&sort) => Asked::Needed,
            Some((_, _, belongs, _)) if belongs.contains(&sort) => Asked::Optional,
            _ => Asked::No,
        }
    }

    fn sort(&self) -> Option<Sort> {
        let kind = self.kind()?;
        Some(Sort::of(kind, self.instrument()).unwrap_or(Sort::closest(kind)))
    }

    /// Reads the fields and checks what they say.
    ///
    /// # Errors
    /// Every fault, in the order of the form. None repeats what was typed.
    pub fn validate(&self, rules: &RegistrationRules<'_>) -> Result<Registration, Vec<FormFault>> {
        let mut faults = Faults::default();
        let form = Reading { typed: self, faults: &mut faults }.form();
        let unread = faults.in_order(&[]);
        let checked = form.validate(rules);
        if unread.is_empty() {
            return checked;
        }
        // What cannot be read is not also missing.
        let is_new = |fault: &FormFault| unread.iter().all(|other| other.member != fault.member);
        let others: Vec<FormFault> = checked.err().into_iter().flatten().filter(is_new).collect();
        Err(unread.into_iter().chain(others).collect())
    }
}

/// The field where a page shows a fault of that member, by the id of its input.
#[must_use]
pub fn field_of(member: &str) -> String {
    let parts: Vec<&str> = member.split('/').skip(1).collect();
    match parts.as_slice() {
        ["scope", "residents", number, "store"] => format!("resident_store-{number}"),
        ["scope", "residents", number, ..] => format!("resident-{number}"),
        ["scope", "residents"] => "resident-0".to_owned(),
        ["scope", "period", "until"] => "period_until".to_owned(),
        ["scope", "period", ..] => "period_from".to_owned(),
        ["scope"] => "stores".to_owned(),
        ["scope", list, ..] => (*list).to_owned(),
        ["serving_officer", part] => format!("officer_{part}"),
        ["requester", "call_back_number"] => "asker_number".to_owned(),
        ["requester", part] => format!("asker_{part}"),
        ["issued_at"] => "issued_on".to_owned(),
        ["valid_from"] => "valid_on".to_owned(),
        ["execute_by"] => "execute_on".to_owned(),
        ["review_by"] => "review_on".to_owned(),
        ["expires_at"] => "expires_on".to_owned(),
        ["served_at"] => "served_on".to_owned(),
        [member, ..] => (*member).to_owned(),
        [] => String::new(),
    }
}

/// Reads fields into members, as far as they belong to the kind of paper.
struct Reading<'r> {
    typed: &'r TypedForm,
    faults: &'r mut Faults,
}

impl Reading<'_> {
    fn form(&mut self) -> RegistrationForm {
        RegistrationForm {
            kind: self.typed.kind(),
            instrument: self.instrument(),
            court: self.text("court"),
            docket: self.text("docket"),
            judge: self.text("judge"),
            judge_title: self.text("judge_title"),
            issued_at: self.instant("issued_at", "issued", Bound::Begins),
            valid_from: self.instant("valid_from", "valid", Bound::Begins),
            execute_by: self.instant("execute_by", "execute", Bound::Ends),
            citation: self.text("citation"),
            standing: self.tick("standing"),
            review_by: self.instant("review_by", "review", Bound::Begins),
            facts: self.text("facts"),
            person_in_danger: self.text("person_in_danger"),
            why_delay_harms: self.text("why_delay_harms"),
            not_for_immigration_enforcement: self.tick("not_for_immigration_enforcement"),
            expires_at: self.instant("expires_at", "expires", Bound::Begins),
            requester: self.asker(),
            scope: self.is_asked("scope").then(|| self.scope()),
            directed_to: self.text("directed_to"),
            identity_match: self.text("identity_match"),
            serving_officer: self.officer(),
            served_at: self.instant("served_at", "served", Bound::Begins),
            any_time: self.tick("any_time"),
            affiant: self.text("affiant"),
            sworn_statement_attached: self.tick("sworn_statement_attached"),
            single_use: self.tick("single_use"),
            max_uses: self.number("max_uses"),
            supersedes: self.text("supersedes"),
            note: self.text("note"),
        }
    }

    fn is_asked(&self, member: &str) -> bool {
        self.typed.asks(member) != Asked::No
    }

    fn filled(&self, field: &str) -> Option<String> {
        let text = self.typed.first(field).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn instrument(&self) -> Option<String> {
        let has_paper = self.typed.kind() != Some(BasisKind::EmergencyException);
        self.filled("instrument").filter(|_| has_paper)
    }

    fn text(&self, member: &str) -> Option<String> {
        self.filled(member).filter(|_| self.is_asked(member))
    }

    fn tick(&self, member: &str) -> Option<bool> {
        self.text(member).map(|_| true)
    }

    fn number(&mut self, member: &str) -> Option<u32> {
        let read = self.text(member)?.parse().ok();
        self.faults.require(read.is_some(), &format!("/{member}"), Fault::NotANumber);
        read
    }

    fn instant(&mut self, member: &str, field: &str, bound: Bound) -> Option<DateTime<Utc>> {
        if !self.is_asked(member) {
            return None;
        }
        let (day, time) = (self.filled(&format!("{field}_on")), self.filled(&format!("{field}_time")));
        self.read_day(&format!("/{member}"), day.as_deref(), time.as_deref(), bound)
    }

    fn read_day(&mut self, at: &str, day: Option<&str>, time: Option<&str>, bound: Bound) -> Option<DateTime<Utc>> {
        if day.is_none() && time.is_none() {
            return None;
        }
        let read = instant_of(day.unwrap_or_default(), time, bound);
        self.faults.require(read.is_some(), at, Fault::NotADate);
        read
    }

    fn asker(&self) -> Option<RequesterForm> {
        let asker = RequesterForm {
            name: self.filled("asker_name"),
            agency: self.filled("asker_agency"),
            call_back_number: self.filled("asker_number"),
        };
        let is_filled = asker.name.is_some() || asker.agency.is_some() || asker.call_back_number.is_some();
        (is_filled && self.is_asked("requester")).then_some(asker)
    }

    fn officer(&self) -> Option<OfficerForm> {
        let officer = OfficerForm {
            name: self.filled("officer_name"),
            agency: self.filled("officer_agency"),
            badge: self.filled("officer_badge"),
            phone: self.filled("officer_phone"),
        };
        let parts = [&officer.name, &officer.agency, &officer.badge, &officer.phone];
        let is_filled = parts.into_iter().any(Option::is_some);
        (is_filled && self.is_asked("serving_officer")).then_some(officer)
    }

    fn scope(&mut self) -> ScopeForm {
        let typed = self.typed;
        let resident = |(store, id): (&str, &str)| ResidentForm { store: store.to_owned(), resident: id.trim().into() };
        ScopeForm {
            residents: typed.residents().map(resident).collect(),
            classes: typed.all("classes").to_vec(),
            stores: typed.all("stores").to_vec(),
            requester_kinds: typed.all("requester_kinds").to_vec(),
            requester_agency: self.filled("requester_agency"),
            purposes: typed.all("purposes").to_vec(),
            period: self.period(),
        }
    }

    fn period(&mut self) -> Option<PeriodForm> {
        let (from, until) = (self.filled("period_from"), self.filled("period_until"));
        if from.is_none() && until.is_none() {
            return None;
        }
        let from = self.read_day("/scope/period", from.as_deref(), None, Bound::Begins);
        let until = self.read_day("/scope/period/until", until.as_deref(), None, Bound::Ends);
        Some(PeriodForm { from, until })
    }
}

impl fmt::Debug for TypedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedForm(hidden)")
    }
}
