//! What makes a catalogue wrong: duplicates, aliases into nowhere or in circles, downgrades nobody reviewed, containers
//! kept less carefully than what is inside them.
//!
//! Must never repair: a catalogue with one fault is refused whole.

use std::collections::HashMap;

use super::catalog::StoreCatalog;
use super::class::FieldClass;
use super::pattern::Pattern;
use super::row::{CatalogField, RecordStore};

/// One fault, and the row at fault counted from 0.
pub(super) struct RowFault {
    pub(super) row: Option<usize>,
    pub(super) message: String,
}

impl StoreCatalog {
    pub(super) fn check(store: RecordStore, fields: Vec<CatalogField>) -> Result<Self, Vec<RowFault>> {
        let mut check = Check::new(&fields);
        check.blank_texts(&store);
        let classes = check.effective_classes();
        if check.faults.is_empty() {
            check.catch_alls(&classes);
            check.containers(&classes);
        }
        let faults = check.faults;
        if faults.is_empty() { Ok(Self::build(store, fields, &classes)) } else { Err(faults) }
    }
}

struct Check<'f> {
    fields: &'f [CatalogField],
    rows: HashMap<&'f str, usize>,
    faults: Vec<RowFault>,
}

impl<'f> Check<'f> {
    fn new(fields: &'f [CatalogField]) -> Self {
        let mut check = Self { fields, rows: HashMap::new(), faults: Vec::new() };
        for (row, field) in fields.iter().enumerate() {
            if check.rows.insert(field.name.normalised(), row).is_some() {
                check.fault(row, format!("the field `{}` is there twice", field.name));
            }
        }
        check
    }

    /// The file cannot say an empty text, so neither may a row that comes from elsewhere.
    fn blank_texts(&mut self, store: &RecordStore) {
        let is_blank = |text: &str| text.trim().is_empty();
        if [&store.name, &store.department, &store.description].into_iter().any(|text| is_blank(text)) {
            let message = "the store's name, department and description must not be empty".to_owned();
            self.faults.push(RowFault { row: None, message });
        }
        for (row, field) in self.fields.iter().enumerate() {
            let texts = [&field.reviewed_by, &field.review_reason, &field.note];
            if texts.into_iter().any(|text| text.as_deref().is_some_and(is_blank)) {
                self.fault(row, format!("a text of `{}` is empty", field.name));
            }
        }
    }

    fn fault(&mut self, row: usize, message: String) {
        self.faults.push(RowFault { row: Some(row), message });
    }

    fn effective_classes(&mut self) -> Vec<FieldClass> {
        let fields = self.fields;
        fields.iter().enumerate().map(|(row, field)| self.effective_class(row, field)).collect()
    }

    fn effective_class(&mut self, row: usize, field: &CatalogField) -> FieldClass {
        let inherited = match self.target_class(field) {
            Ok(inherited) => inherited,
            Err(message) => {
                self.fault(row, message);
                return FieldClass::Unclassified;
            }
        };
        match (field.own_class, inherited) {
            (Some(own), Some(target)) if target.is_downgraded_by(own) && !field.is_reviewed() => {
                let name = &field.name;
                let message = format!(
                    "`{name}` is `{own}` but an alias of a `{target}` field: that needs `reviewed_by` and `reason`"
                );
                self.fault(row, message);
                target
            }
            (Some(own), _) => own,
            (None, Some(target)) => target,
            (None, None) => {
                self.fault(row, format!("the field `{}` needs a class or a field to be an alias of", field.name));
                FieldClass::Unclassified
            }
        }
    }

    /// The class that an alias would take; follows chains, each of at most as many steps as there are rows.
    fn target_class(&self, field: &CatalogField) -> Result<Option<FieldClass>, String> {
        let mut at = field;
        for _ in self.fields {
            let Some(target) = &at.alias_of else { return Ok(None) };
            let row = self.rows.get(target.normalised()).and_then(|row| self.fields.get(*row));
            let Some(row) = row else { return Err(format!("`{target}` is not a field of this store")) };
            if row.own_class.is_some() && !self.leads_back(row) {
                return Ok(row.own_class);
            }
            at = row;
            if at.alias_of.is_none() {
                return Ok(None);
            }
        }
        Err(format!("the aliases of `{}` lead in a circle", field.name))
    }

    /// Whether following the aliases of a row never ends.
    fn leads_back(&self, row: &CatalogField) -> bool {
        let mut at = row;
        for _ in self.fields {
            let target = at.alias_of.as_ref().and_then(|target| self.rows.get(target.normalised()));
            let Some(next) = target.and_then(|row| self.fields.get(*row)) else { return false };
            at = next;
        }
        true
    }

    fn catch_alls(&mut self, classes: &[FieldClass]) {
        for (row, (field, class)) in self.fields.iter().zip(classes).enumerate() {
            if *class == FieldClass::Unprotected && Pattern::new(field.name.normalised()).is_catch_all() {
                let message = format!("`{}` would release fields that nobody has judged", field.name);
                self.fault(row, message);
            }
        }
    }

    fn containers(&mut self, classes: &[FieldClass]) {
        let patterns: Vec<Pattern> = self.fields.iter().map(|field| Pattern::new(field.name.normalised())).collect();
        let judged = || self.fields.iter().zip(classes).zip(&patterns);
        let mut found = Vec::new();
        for (row, ((container, outer), _)) in judged().enumerate().filter(|(_, (_, pattern))| !pattern.is_wildcard()) {
            let name = container.name.normalised();
            let mut beneath = judged().filter(|(_, pattern)| pattern.lies_beneath(name));
            if let Some(((field, inner), _)) = beneath.find(|((_, inner), _)| outer.is_container_below(**inner)) {
                found.push((row, format!(
                    "`{}` is `{outer}` but holds `{}`, which is `{inner}`: releasing the one would release the other",
                    container.name, field.name
                )));
            }
        }
        for (row, message) in found {
            self.fault(row, message);
        }
    }
}
