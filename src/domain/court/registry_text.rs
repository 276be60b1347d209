//! Reading the file of courts.
//!
//! Must never let two courts answer to one name: an ambiguous variant is a fault of the file, shown where it stands.

use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::DeValue;

use super::docket::is_docket_prefix;
use super::name::court_key;
use super::{Court, CourtRegistry, names_immigration_authority};
use crate::domain::ids::CourtId;
use crate::domain::strict_toml::{Reader, Section, TextError};

/// One fault in the file of courts, with its line.
pub type CourtFault = TextError;

impl CourtRegistry {
    /// Reads and checks the file of courts: a list of `[[court]]`, each with `id`, `name`, `system`, `level` and, where they
    /// apply, `variants` and `docket_prefixes`.
    ///
    /// # Errors
    /// Every fault found, first line first.
    pub fn parse(text: &str) -> Result<Self, Vec<CourtFault>> {
        Self::default().extended_by(text)
    }

    /// These courts, and those of another such file. It adds courts; what one here is called, it cannot change.
    ///
    /// # Errors
    /// Every fault found in that file, first line first; an id or a name that is taken here is one.
    pub fn extended_by(mut self, text: &str) -> Result<Self, Vec<CourtFault>> {
        let (mut reader, table) = Reader::open(text)?;
        let mut root = Section::root(table);
        let rows = root.required(&mut reader, "court").map(|value| read_courts(&mut reader, value)).unwrap_or_default();
        root.refuse_the_rest(&mut reader);
        for row in rows {
            self.enter(&mut reader, row);
        }
        reader.finish(Some(self))
    }

    fn enter(&mut self, reader: &mut Reader<'_>, row: Row) {
        let id = row.court.id.clone();
        for name in &row.names {
            let Some(key) = key_of(reader, name) else { continue };
            if let Some(other) = self.add_name(key, &id) {
                reader.fault(&name.span(), format!("`{}` already names the court `{other}`", name.get_ref()));
            }
        }
        if !self.add(row.court) {
            reader.fault(&row.id_at, format!("the court `{id}` is there twice"));
        }
    }
}

/// A court as read, with the places of its id and of its names.
struct Row {
    court: Court,
    id_at: Range<usize>,
    names: Vec<Spanned<String>>,
}

fn read_courts<'t>(reader: &mut Reader<'t>, value: Spanned<DeValue<'t>>) -> Vec<Row> {
    let span = value.span();
    let DeValue::Array(rows) = value.into_inner() else {
        reader.fault(&span, "`court` must be written as [[court]]");
        return Vec::new();
    };
    rows.into_iter().filter_map(|row| read_court(reader, row)).collect()
}

fn read_court<'t>(reader: &mut Reader<'t>, row: Spanned<DeValue<'t>>) -> Option<Row> {
    let mut section = reader.table("court", row)?;
    let id = section.required_text(reader, "id");
    let id_at = id.as_ref().map(Spanned::span);
    let id = id.and_then(|id| parsed::<CourtId>(reader, &id));
    let name = section.required_text(reader, "name");
    let variants = section.texts(reader, "variants");
    let system = section.required_text(reader, "system").and_then(|word| parsed(reader, &word));
    let level = section.required_text(reader, "level").and_then(|word| parsed(reader, &word));
    let prefixes = section.texts(reader, "docket_prefixes");
    section.refuse_the_rest(reader);
    let (name, variants, prefixes) = (name?, variants?, prefixes?);
    for wrong in prefixes.iter().filter(|prefix| !is_docket_prefix(prefix.get_ref())) {
        reader.fault(&wrong.span(), "a docket prefix is written like `D-307`, `M-14`, `T-4`, `S-1-SC` or `A-1-CA`");
    }
    let plain = |texts: &[Spanned<String>]| texts.iter().map(|text| text.get_ref().clone()).collect();
    let court = Court {
        id: id?,
        name: name.get_ref().clone(),
        variants: plain(&variants),
        system: system?,
        level: level?,
        docket_prefixes: plain(&prefixes),
    };
    Some(Row { court, id_at: id_at?, names: std::iter::once(name).chain(variants).collect() })
}

/// The form by which a name is compared; a fault when it has none, or is that of no court.
fn key_of(reader: &mut Reader<'_>, name: &Spanned<String>) -> Option<String> {
    let (span, text) = (name.span(), name.get_ref());
    let key = court_key(text);
    if names_immigration_authority(text).is_some() {
        reader.fault(&span, format!("`{text}` names an immigration authority, which is no court"));
        return None;
    }
    if key.is_empty() {
        reader.fault(&span, format!("`{text}` holds no word that tells a court"));
        return None;
    }
    Some(key)
}

fn parsed<T>(reader: &mut Reader<'_>, text: &Spanned<String>) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    text.get_ref().parse().map_err(|error: T::Err| reader.fault(&text.span(), error.to_string())).ok()
}
