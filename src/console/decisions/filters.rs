//! The filters of a search as a form: what was chosen, what can be chosen, and what it means.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, TimeZone as _, Utc};

use super::Faults;
use crate::app::App;
use crate::console::choices::{Choice, choices};
use crate::console::{Frame, query};
use crate::domain::decision::{DecisionFilter, Outcome, Reason};
use crate::domain::field::{FieldClass, StoreCatalog};
use crate::domain::{Agency, Purpose, RequesterKind, ResidentId, StoreId};
use crate::i18n::{MOUNTAIN, Tongue};

/// Every filter that may stand in a URL.
const NAMES: [&str; 11] = [
    "from",
    "until",
    "client",
    "store",
    "requester_kind",
    "agency",
    "purpose",
    "outcome",
    "class",
    "reason",
    "legal_basis",
];

/// What was chosen, word for word.
#[derive(Default)]
pub(super) struct Filters {
    given: BTreeMap<String, String>,
    /// The resident's id. It goes from form to form, and nowhere else.
    resident: String,
}

/// What a search asks `app` for.
pub(super) struct Meant {
    pub(super) filter: DecisionFilter,
    pub(super) resident: Option<(StoreId, ResidentId)>,
}

impl Filters {
    /// The filters among names and values; blanks are none. A resident is never among them: see [`Filters::about`].
    pub(super) fn of<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let given = values.into_iter().filter(|(name, value)| NAMES.contains(name) && !value.trim().is_empty());
        let given = given.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
        Self { given, resident: String::new() }
    }

    /// The same filters, about a resident.
    pub(super) fn about(self, resident: &str) -> Self {
        Self { resident: resident.trim().to_owned(), ..self }
    }

    /// What was chosen for a filter; empty when nothing was.
    pub(super) fn value(&self, name: &str) -> &str {
        self.given.get(name).map_or("", String::as_str)
    }

    /// The resident's id; empty when none was given.
    pub(super) fn resident(&self) -> &str {
        &self.resident
    }

    /// Whether nothing was chosen.
    pub(super) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.resident.is_empty()
    }

    /// How many filters narrow the search.
    pub(super) fn count(&self) -> usize {
        self.given.len() + usize::from(!self.resident.is_empty())
    }

    /// Every filter that may stand in a URL, with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.given.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The filters as a query. Never the resident.
    pub(super) fn query(&self) -> String {
        query::of(self.given.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// What was meant; what cannot be meant is added to the faults.
    pub(super) fn read(&self, tongue: Tongue, faults: &mut Faults) -> Option<Meant> {
        let mut reader = Reader { filters: self, tongue, faults };
        let filter = DecisionFilter {
            from: reader.day("from").and_then(begin_of),
            until: reader.day("until").and_then(|day| begin_of(day.checked_add_days(Days::new(1))?)),
            client: reader.word("client", "audit-fault-choice"),
            store: reader.word("store", "audit-fault-choice"),
            requester_kind: reader.word("requester_kind", "audit-fault-choice"),
            agency: reader.word::<Agency>("agency", "audit-fault-agency"),
            purpose: reader.word("purpose", "audit-fault-choice"),
            outcome: reader.word("outcome", "audit-fault-choice"),
            class: reader.word("class", "audit-fault-choice"),
            reason: reader.word("reason", "audit-fault-choice"),
            legal_basis: reader.word("legal_basis", "audit-fault-basis"),
        };
        if filter.from.zip(filter.until).is_some_and(|(from, until)| until <= from) {
            reader.fault("until", "audit-fault-period");
        }
        let resident = reader.resident(filter.store.as_ref());
        faults.is_empty().then_some(Meant { filter, resident })
    }
}

struct Reader<'a> {
    filters: &'a Filters,
    tongue: Tongue,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn fault(&mut self, name: &str, key: &str) {
        self.faults.add(name, self.tongue.say(key));
    }

    fn word<T: FromStr>(&mut self, name: &str, fault: &str) -> Option<T> {
        let value = Some(self.filters.value(name)).filter(|value| !value.is_empty())?;
        let read = value.parse().ok();
        if read.is_none() {
            self.fault(name, fault);
        }
        read
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        self.word(name, "audit-fault-day")
    }

    /// Ids are those of one store: the store that is chosen is also the one in which the resident is known.
    fn resident(&mut self, store: Option<&StoreId>) -> Option<(StoreId, ResidentId)> {
        if self.filters.resident.is_empty() {
            return None;
        }
        match (ResidentId::new(self.filters.resident.as_str()), store) {
            (Ok(id), Some(store)) => return Some((store.clone(), id)),
            (Ok(_), None) => self.fault("store", "audit-fault-resident-store"),
            (Err(_), _) => self.fault("resident", "audit-fault-resident"),
        }
        None
    }
}

/// The midnight in Las Cruces with which a day begins.
pub(in crate::console) fn begin_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = MOUNTAIN.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?;
    Some(midnight.to_utc())
}

/// What can be chosen.
pub(super) struct Offered {
    pub(super) clients: Vec<Choice>,
    pub(super) stores: Vec<Choice>,
    pub(super) requester_kinds: Vec<Choice>,
    pub(super) purposes: Vec<Choice>,
    pub(super) outcomes: Vec<Choice>,
    pub(super) classes: Vec<Choice>,
    pub(super) reasons: Vec<Choice>,
}

impl Offered {
    /// The clients and stores that there are, and the words of the closed sets in the reader's language.
    pub(super) fn by(app: &App, frame: &Frame) -> Self {
        let snapshot = app.ledger().snapshot();
        let mut clients: Vec<Choice> =
            snapshot.clients.values().map(|client| (client.id.to_string(), client.name.clone())).collect();
        clients.sort_by(|one, other| one.1.cmp(&other.1));
        let stores = snapshot.catalog.stores().map(StoreCatalog::store);
        let stores = stores.map(|store| (store.id.to_string(), store.name.clone())).collect();
        Self::with(clients, stores, frame)
    }

    pub(super) fn with(clients: Vec<Choice>, stores: Vec<Choice>, frame: &Frame) -> Self {
        Self {
            clients,
            stores,
            requester_kinds: choices(frame, RequesterKind::ALL),
            purposes: choices(frame, Purpose::ALL),
            outcomes: choices(frame, Outcome::ALL),
            classes: choices(frame, FieldClass::ALL),
            reasons: choices(frame, Reason::ALL),
        }
    }

    /// Invented choices.
    pub(super) fn sample(frame: &Frame) -> Self {
        let pair = |word: &str, text: &str| (word.to_owned(), text.to_owned());
        Self::with(
            vec![pair("billing", "Utility billing")],
            vec![pair("utility-billing", "Utility billing"), pair("library", "Library")],
            frame,
        )
    }
}
