//! What a registration covers: words, stores and residents.
//!
//! Must never widen by being empty: a list that names nothing is refused wherever a basis could be verified.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::fault::{Fault, Faults};
use super::form::{ResidentForm, ScopeForm};
use super::members::Sort;
use super::{Period, RegisteredScope, RegistrationRules};
use crate::domain::field::FieldClass;
use crate::domain::ids::StoreId;
use crate::domain::requester::{Agency, Purpose, RequesterKind};
use crate::domain::resident::ResidentId;

/// The most residents that one basis names.
const MOST_RESIDENTS: usize = 1_000;

/// Reads the scope. What is at fault is left out of the result.
pub(super) fn read(
    faults: &mut Faults,
    form: ScopeForm,
    sort: Sort,
    is_standing: bool,
    rules: &RegistrationRules<'_>,
) -> (RegisteredScope, Option<Period>) {
    count_residents(faults, form.residents.len(), sort, is_standing);
    let residents = read_residents(faults, &form, sort, rules);
    let classes = read_classes(faults, &form.classes, sort);
    let stores = read_stores(faults, &form.stores, sort, rules);
    let requester_kinds = words::<RequesterKind>(faults, "/scope/requester_kinds", &form.requester_kinds, sort);
    let agency = form.requester_agency.as_deref().map(Agency::new);
    let requester_agency = agency
        .and_then(|agency| agency.map_err(|error| faults.add("/scope/requester_agency", Fault::Agency(error))).ok());
    let purposes = read_purposes(faults, &form.purposes, sort);
    let period = form.period.and_then(|period| match (period.from, period.until) {
        (Some(from), Some(until)) if from < until => Some(Period { from, until }),
        (Some(_), Some(_)) => {
            faults.add("/scope/period/until", Fault::PeriodBackwards);
            None
        }
        _ => {
            faults.add("/scope/period", Fault::PeriodIncomplete);
            None
        }
    });
    (RegisteredScope { residents, classes, stores, requester_kinds, requester_agency, purposes }, period)
}

fn count_residents(faults: &mut Faults, count: usize, sort: Sort, is_standing: bool) {
    let member = "/scope/residents";
    faults.require(count <= MOST_RESIDENTS, member, Fault::TooManyResidents(MOST_RESIDENTS));
    if is_standing {
        faults.require(count == 0, member, Fault::StandingNamesResidents);
    } else if sort != Sort::Counted {
        faults.require(count > 0, member, Fault::NoResidents);
    }
}

fn read_residents(
    faults: &mut Faults,
    form: &ScopeForm,
    sort: Sort,
    rules: &RegistrationRules<'_>,
) -> Vec<(StoreId, ResidentId)> {
    let mut residents = Vec::new();
    for (ResidentForm { store, resident }, at) in form.residents.iter().zip(0..MOST_RESIDENTS) {
        let pointer = |member: &str| format!("/scope/residents/{at}/{member}");
        let known = store_of(store, rules);
        let is_listed = form.stores.contains(store) || sort == Sort::Counted;
        if known.is_none() {
            faults.add(pointer("store"), Fault::UnknownStore);
        } else if !is_listed {
            faults.add(pointer("store"), Fault::StoreOutsideScope);
        }
        let id =
            ResidentId::new(resident.as_str()).map_err(|error| faults.add(pointer("resident"), Fault::Resident(error)));
        if let (Some(store), Ok(id)) = (known, id) {
            residents.push((store, id));
        }
    }
    residents
}

fn read_classes(faults: &mut Faults, listed: &[String], sort: Sort) -> BTreeSet<FieldClass> {
    let classes = words::<FieldClass>(faults, "/scope/classes", listed, sort);
    for (class, at) in listed.iter().zip(0..) {
        if class.parse().is_ok_and(|class: FieldClass| !class.has_policy_row()) {
            faults.add(format!("/scope/classes/{at}"), Fault::ClassIsFixed);
        }
    }
    classes
}

fn read_stores(faults: &mut Faults, listed: &[String], sort: Sort, rules: &RegistrationRules<'_>) -> BTreeSet<StoreId> {
    not_empty(faults, "/scope/stores", listed, sort);
    let mut stores = BTreeSet::new();
    for (store, at) in listed.iter().zip(0..) {
        match store_of(store, rules) {
            Some(store) => drop(stores.insert(store)),
            None => faults.add(format!("/scope/stores/{at}"), Fault::UnknownStore),
        }
    }
    stores
}

fn read_purposes(faults: &mut Faults, listed: &[String], sort: Sort) -> BTreeSet<Purpose> {
    let purposes = words::<Purpose>(faults, "/scope/purposes", listed, sort);
    for (purpose, at) in listed.iter().zip(0..) {
        let member = format!("/scope/purposes/{at}");
        match purpose.parse() {
            Ok(Purpose::NotStated) => faults.add(member, Fault::PurposeNotStated),
            // After 18 U.S.C. 2702(b)(8): danger to life, and nothing else.
            Ok(Purpose::ImmigrationEnforcement) if sort == Sort::Emergency => {
                faults.add(member, Fault::EmergencyForEnforcement);
            }
            _ => {}
        }
    }
    purposes
}

fn store_of(text: &str, rules: &RegistrationRules<'_>) -> Option<StoreId> {
    text.parse().ok().filter(|store| rules.stores.contains(store))
}

/// The words of a closed set; each that nobody knows is a fault at its place.
fn words<T: FromStr + Ord>(faults: &mut Faults, member: &str, listed: &[String], sort: Sort) -> BTreeSet<T> {
    not_empty(faults, member, listed, sort);
    let mut words = BTreeSet::new();
    for (word, at) in listed.iter().zip(0..) {
        match word.parse() {
            Ok(word) => drop(words.insert(word)),
            Err(_) => faults.add(format!("{member}/{at}"), Fault::UnknownWord),
        }
    }
    words
}

fn not_empty(faults: &mut Faults, member: &str, listed: &[String], sort: Sort) {
    faults.require(!listed.is_empty() || sort == Sort::Counted, member, Fault::EmptyList);
}
