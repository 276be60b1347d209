//! Reading the policy's file.
//!
//! Must never fill a gap with a default: a class or a kind of requester without a row is a fault, and a file with one
//! fault is refused whole.

use std::collections::HashMap;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use toml::Spanned;
use toml::de::DeValue;

use super::policy::{ClassPolicy, Policy, PolicyError};
use crate::domain::field::FieldClass;
use crate::domain::ids::is_slug;
use crate::domain::legal_basis::BasisKind;
use crate::domain::requester::RequesterKind;
use crate::domain::strict_toml::{Reader, Section};

/// A leap year: no verification counts longer.
const MAX_AGE_HOURS: u32 = 366 * 24;

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// Every fault found, first line first.
    pub fn parse(text: &str) -> Result<Self, Vec<PolicyError>> {
        let (mut reader, table) = Reader::open(text)?;
        let mut root = Section::root(table);
        let policy = read_policy(&mut reader, &mut root, Sha256::digest(text).into());
        root.refuse_the_rest(&mut reader);
        reader.finish(policy)
    }
}

fn read_policy<'t>(reader: &mut Reader<'t>, root: &mut Section<'t>, sha256: [u8; 32]) -> Option<Policy> {
    let id = root.required_text(reader, "id");
    if let Some(wrong) = id.as_ref().filter(|id| !is_slug(id.get_ref())) {
        reader.fault(&wrong.span(), "`id` must be 1 to 64 of a-z, 0-9 and -, and not begin with -");
    }
    let title = root.required_text(reader, "title");
    let scope = root.required_text(reader, "scope").and_then(|scope| word(reader, &scope));
    let classes = root.required(reader, "classes").and_then(|value| read_classes(reader, value));
    let outbound = root.required(reader, "requesters").and_then(|value| read_requesters(reader, value));
    let (classes, outbound) = (classes?, outbound?);
    Some(Policy { id: id?.into_inner(), title: title?.into_inner(), scope: scope?, classes, outbound, sha256 })
}

fn read_classes<'t>(reader: &mut Reader<'t>, value: Spanned<DeValue<'t>>) -> Option<Vec<ClassPolicy>> {
    let section = reader.table("classes", value)?;
    let mut rows = HashMap::new();
    for (key, value) in section.into_rows() {
        let row = reader.table(key.get_ref(), value);
        let Some(class) = word::<FieldClass>(reader, &key) else { continue };
        if !class.has_policy_row() {
            reader.fault(&key.span(), format!("`{class}` has no row: its answer is fixed"));
            continue;
        }
        rows.insert(class, row.and_then(|row| read_class(reader, class, row)));
    }
    let expected = FieldClass::ALL.into_iter().filter(|class| class.has_policy_row());
    in_order(reader, "classes", expected, rows)
}

fn read_class<'t>(reader: &mut Reader<'t>, class: FieldClass, mut row: Section<'t>) -> Option<ClassPolicy> {
    let protected = row.required_bool(reader, "protected");
    let is_cited = row.has("citation");
    let citation = row.text(reader, "citation").map(Spanned::into_inner);
    let listed = row.texts(reader, "accepts");
    let max_age = row.required_number(reader, "max_verification_age_hours", 1..=MAX_AGE_HOURS);
    let header = row.span.clone();
    row.refuse_the_rest(reader);
    let is_list = listed.is_some();
    let listed = listed.unwrap_or_default();
    let accepts = read_accepts(reader, &listed);
    let is_protected = *protected?.get_ref();
    if is_protected && !is_cited {
        reader.fault(&header, format!("`{class}` is protected but has no `citation`"));
    }
    if is_protected && listed.is_empty() && is_list {
        reader.fault(&header, format!("`{class}` is protected but `accepts` nothing"));
    }
    if let Some(first) = listed.first().filter(|_| !is_protected) {
        reader.fault(&first.span(), format!("`{class}` is not protected: there is nothing to accept a basis for"));
    }
    Some(ClassPolicy { class, is_protected, citation, accepts, max_verification_age_hours: max_age? })
}

fn read_accepts(reader: &mut Reader<'_>, listed: &[Spanned<String>]) -> Vec<BasisKind> {
    let mut accepts = Vec::new();
    for item in listed {
        match word(reader, item) {
            Some(kind) if accepts.contains(&kind) => reader.fault(&item.span(), format!("`{kind}` is there twice")),
            Some(kind) => accepts.push(kind),
            None => {}
        }
    }
    accepts.sort_unstable();
    accepts
}

fn read_requesters<'t>(reader: &mut Reader<'t>, value: Spanned<DeValue<'t>>) -> Option<Vec<bool>> {
    let section = reader.table("requesters", value)?;
    let mut rows = HashMap::new();
    for (key, value) in section.into_rows() {
        let row = reader.table(key.get_ref(), value);
        let Some(kind) = word::<RequesterKind>(reader, &key) else { continue };
        rows.insert(kind, row.and_then(|row| read_requester(reader, kind, row)));
    }
    in_order(reader, "requesters", RequesterKind::ALL, rows)
}

fn read_requester<'t>(reader: &mut Reader<'t>, kind: RequesterKind, mut row: Section<'t>) -> Option<bool> {
    let outbound = row.required_bool(reader, "outbound");
    row.refuse_the_rest(reader);
    let outbound = outbound?;
    let may_be_inside = matches!(kind, RequesterKind::CityDepartment | RequesterKind::ResidentSelf);
    if !*outbound.get_ref() && !may_be_inside {
        let message = format!("`{kind}` is outside the city: only `city_department` and `resident_self` may be inside");
        reader.fault(&outbound.span(), message);
    }
    Some(*outbound.get_ref())
}

/// The rows in the order of their closed set; each one that was not written down is a fault.
fn in_order<K, V>(
    reader: &mut Reader<'_>,
    section: &str,
    expected: impl IntoIterator<Item = K>,
    mut rows: HashMap<K, Option<V>>,
) -> Option<Vec<V>>
where
    K: Copy + Eq + std::hash::Hash + std::fmt::Display,
{
    let mut ordered = Vec::new();
    for key in expected {
        match rows.remove(&key) {
            Some(row) => ordered.push(row),
            None => reader.absent(format!("`[{section}.{key}]` is missing")),
        }
    }
    ordered.into_iter().collect()
}

fn word<T>(reader: &mut Reader<'_>, text: &Spanned<impl AsRef<str>>) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    let parsed = text.get_ref().as_ref().parse();
    parsed.map_err(|error: T::Err| reader.fault(&text.span(), error.to_string())).ok()
}
