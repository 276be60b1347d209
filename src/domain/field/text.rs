//! A store's catalogue as the TOML file that stewards edit and export.
//!
//! Must never accept what it does not understand: unknown keys, classes and store ids are faults with their line.

use std::fmt::Write as _;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::DeValue;

use super::catalog::{CatalogError, StoreCatalog};
use super::class::FieldClass;
use super::name::FieldName;
use super::row::{CatalogField, RecordStore};
use crate::domain::strict_toml::{Reader, Section};

impl StoreCatalog {
    /// Reads and checks a catalogue file.
    ///
    /// # Errors
    /// Every fault found, first line first.
    pub fn parse(text: &str) -> Result<Self, Vec<CatalogError>> {
        let (mut reader, table) = Reader::open(text)?;
        let mut root = Section::root(table);
        let store = root.required(&mut reader, "store").and_then(|value| read_store(&mut reader, value));
        let fields = root.take("field").map(|value| read_fields(&mut reader, value)).unwrap_or_default();
        root.refuse_the_rest(&mut reader);
        let (Some(store), true) = (store, reader.is_clean()) else {
            return Err(reader.into_errors());
        };
        let (fields, places): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
        Self::check(store, fields).map_err(|faults| {
            for fault in faults {
                match fault.row.and_then(|row| places.get(row)) {
                    Some(place) => reader.fault(place, fault.message),
                    None => reader.absent(fault.message),
                }
            }
            reader.into_errors()
        })
    }

    /// The catalogue as a file that [`StoreCatalog::parse`] reads back unchanged.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::from("[store]\n");
        let store = self.store();
        put(&mut out, "id", Some(store.id.as_str()));
        put(&mut out, "name", Some(&store.name));
        put(&mut out, "department", Some(&store.department));
        put(&mut out, "description", Some(&store.description));
        for field in self.fields() {
            out.push_str("\n[[field]]\n");
            put(&mut out, "name", Some(field.name.as_asked()));
            put(&mut out, "class", field.own_class.map(FieldClass::as_str));
            put(&mut out, "alias_of", field.alias_of.as_ref().map(FieldName::as_asked));
            put(&mut out, "reviewed_by", field.reviewed_by.as_deref());
            put(&mut out, "reason", field.review_reason.as_deref());
            put(&mut out, "note", field.note.as_deref());
        }
        out
    }
}

fn put(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{key} = {}", toml::Value::from(value));
    }
}

fn read_store<'t>(reader: &mut Reader<'t>, value: Spanned<DeValue<'t>>) -> Option<RecordStore> {
    let mut section = reader.table("store", value)?;
    let id = section.required_text(reader, "id");
    let id = id.and_then(|id| parsed(reader, &id));
    let name = section.required_text(reader, "name");
    let department = section.required_text(reader, "department");
    let description = section.required_text(reader, "description");
    section.refuse_the_rest(reader);
    Some(RecordStore {
        id: id?,
        name: name?.into_inner(),
        department: department?.into_inner(),
        description: description?.into_inner(),
    })
}

fn read_fields<'t>(reader: &mut Reader<'t>, value: Spanned<DeValue<'t>>) -> Vec<(CatalogField, Range<usize>)> {
    let span = value.span();
    let DeValue::Array(rows) = value.into_inner() else {
        reader.fault(&span, "`field` must be written as [[field]]");
        return Vec::new();
    };
    rows.into_iter().filter_map(|row| read_field(reader, row)).collect()
}

fn read_field<'t>(reader: &mut Reader<'t>, row: Spanned<DeValue<'t>>) -> Option<(CatalogField, Range<usize>)> {
    let mut section = reader.table("field", row)?;
    let name = section.required_text(reader, "name");
    let place = name.as_ref().map(Spanned::span);
    let name = name.and_then(|name| parsed::<FieldName>(reader, &name));
    let is_classed = section.has("class") || section.has("alias_of");
    let class = section.text(reader, "class");
    let alias_of = section.text(reader, "alias_of");
    let header = section.span.clone();
    if !is_classed {
        reader.fault(place.as_ref().unwrap_or(&header), "a field needs a `class` or an `alias_of`");
    }
    let own_class = class.and_then(|class| parsed(reader, &class));
    let alias_of = alias_of.and_then(|target| parsed(reader, &target));
    let mut texts =
        ["reviewed_by", "reason", "note"].map(|key| section.text(reader, key).map(Spanned::into_inner)).into_iter();
    let (reviewed_by, review_reason, note) = (texts.next()?, texts.next()?, texts.next()?);
    section.refuse_the_rest(reader);
    Some((CatalogField { name: name?, own_class, alias_of, reviewed_by, review_reason, note }, place?))
}

fn parsed<T>(reader: &mut Reader<'_>, text: &Spanned<String>) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    text.get_ref().parse().map_err(|error: T::Err| reader.fault(&text.span(), error.to_string())).ok()
}
