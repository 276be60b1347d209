//! From a form to a registration, or to all its faults at once.

use super::dates::{self, Validity};
use super::fault::{Fault, Faults};
use super::members::{self, Sort};
use super::texts::Texts;
use super::{
    BasisKind, FormFault, Instrument, NamedCourt, Paper, RegisteredScope, Registration, RegistrationForm,
    RegistrationRules, scope,
};
use crate::domain::court::Court;
use crate::domain::ids::LegalBasisId;

impl RegistrationForm {
    /// Checks the form.
    ///
    /// # Errors
    /// Every fault found, in the order of the form's members. None of them repeats what was typed.
    pub fn validate(mut self, rules: &RegistrationRules<'_>) -> Result<Registration, Vec<FormFault>> {
        let mut faults = Faults::default();
        let order = self.order();
        dates::cut(&mut self);
        let registration = self.read(&mut faults, rules);
        let faults = faults.in_order(&order);
        match registration {
            Some(registration) if faults.is_empty() => Ok(registration),
            _ => Err(faults),
        }
    }

    /// The names of the members, in the order of the form.
    fn order(&self) -> Vec<&'static str> {
        let others = members::members(self).into_iter().map(|(name, ..)| name);
        ["kind", "instrument"].into_iter().chain(others).collect()
    }

    /// `None` when nothing can be said without the kind. A result counts only while no fault was noted.
    fn read(mut self, faults: &mut Faults, rules: &RegistrationRules<'_>) -> Option<Registration> {
        let Some(kind) = self.kind else {
            faults.add("/kind", Fault::NoKind);
            return None;
        };
        let instrument = read_instrument(faults, self.instrument.as_deref());
        let sort = read_sort(faults, kind, instrument, self.instrument.is_some());
        self.check(faults, sort, rules);
        let max_uses = read_uses(faults, &self);
        let supersedes = read_supersedes(faults, self.supersedes.as_deref());
        let is_standing = self.standing == Some(true);
        let (scope, period) = match self.scope.take() {
            Some(form) => scope::read(faults, form, sort, is_standing, rules),
            None => (RegisteredScope::nothing(), None),
        };
        let found = self.court.as_deref().and_then(|name| rules.courts.find(name));
        let issuer = (found.map(|court| court.system), instrument);
        let Validity { from: valid_from, until: valid_until } = dates::validity(faults, &self, sort, issuer, rules.now);
        let review_by = self.review_by;
        let paper = Paper { period, ..self.read_paper(faults, rules.text_chars) };
        let court = paper.court.as_ref().map(|name| named(found, name));
        Some(Registration {
            kind,
            instrument,
            court,
            is_standing,
            review_by,
            valid_from,
            valid_until,
            max_uses,
            supersedes,
            scope,
            paper,
        })
    }

    /// What can be said of the members without reading their texts.
    fn check(&self, faults: &mut Faults, sort: Sort, rules: &RegistrationRules<'_>) {
        for member in members::members(self) {
            members::check_member(faults, sort, member);
        }
        let is_attested = self.not_for_immigration_enforcement != Some(false);
        faults.require(is_attested, "/not_for_immigration_enforcement", Fault::NotAttested);
        dates::check(faults, self, sort, rules);
    }

    fn read_paper(self, faults: &mut Faults, text_chars: usize) -> Paper {
        let mut texts = Texts { faults, text_chars };
        Paper {
            court: texts.line("/court", self.court),
            docket: texts.line("/docket", self.docket),
            citation: texts.line("/citation", self.citation),
            judge: texts.line("/judge", self.judge),
            judge_title: texts.line("/judge_title", self.judge_title),
            issued_at: self.issued_at,
            execute_by: self.execute_by,
            period: None,
            directed_to: texts.line("/directed_to", self.directed_to),
            identity_match: texts.running("/identity_match", self.identity_match),
            serving_officer: self.serving_officer.map(|form| texts.officer(form)),
            served_at: self.served_at,
            any_time: self.any_time == Some(true),
            affiant: texts.line("/affiant", self.affiant),
            sworn_statement_attached: self.sworn_statement_attached == Some(true),
            facts: texts.facts(self.facts),
            person_in_danger: texts.running("/person_in_danger", self.person_in_danger),
            why_delay_harms: texts.running("/why_delay_harms", self.why_delay_harms),
            requester: self.requester.map(|form| texts.requester(form)),
            note: texts.running("/note", self.note),
        }
    }
}

impl RegisteredScope {
    /// Covers nothing.
    fn nothing() -> Self {
        Self {
            residents: Vec::new(),
            classes: [].into(),
            stores: [].into(),
            requester_kinds: [].into(),
            requester_agency: None,
            purposes: [].into(),
        }
    }
}

fn read_instrument(faults: &mut Faults, word: Option<&str>) -> Option<Instrument> {
    let instrument = word?.parse().ok();
    faults.require(instrument.is_some(), "/instrument", Fault::UnknownWord);
    instrument
}

/// What the form is about; when its instrument does not fit its kind, it is read on as the closest.
fn read_sort(faults: &mut Faults, kind: BasisKind, instrument: Option<Instrument>, is_stated: bool) -> Sort {
    if let Some(sort) = Sort::of(kind, instrument) {
        return sort;
    }
    let fault = match (kind, instrument) {
        (BasisKind::EmergencyException, _) => Some(Fault::EmergencyWithPaper),
        // A word that nobody knows has been noted.
        (_, None) => (!is_stated).then_some(Fault::NoInstrument),
        (BasisKind::JudicialWarrant, Some(_)) => Some(Fault::IsMandate),
        (BasisKind::LegalMandate, Some(_)) => Some(Fault::IsWarrant),
    };
    if let Some(fault) = fault {
        faults.add("/instrument", fault);
    }
    Sort::closest(kind)
}

fn read_uses(faults: &mut Faults, form: &RegistrationForm) -> Option<u32> {
    let is_single = form.single_use == Some(true);
    faults.require(form.max_uses != Some(0), "/max_uses", Fault::NoUse);
    let agrees = !is_single || form.max_uses.is_none_or(|max| max == 1);
    faults.require(agrees, "/max_uses", Fault::UsesContradict);
    if is_single { Some(1) } else { form.max_uses }
}

fn read_supersedes(faults: &mut Faults, id: Option<&str>) -> Option<LegalBasisId> {
    let read = id?.parse().ok();
    faults.require(read.is_some(), "/supersedes", Fault::NotABasis);
    read
}

fn named(found: Option<&Court>, name: &str) -> NamedCourt {
    found.map_or_else(|| NamedCourt::Unknown(name.to_owned()), |court| NamedCourt::Known(court.id.clone()))
}
