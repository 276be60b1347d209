//! What was given, before it has a meaning: the settings file and the environment, each as `section.key → value`
//! with its place. Never judges a value and never drops one: what no section asks for is refused in the end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use super::error::ConfigError;
use super::place::{Place, printable};

const PREFIX: &str = "ZAGUAN__";

/// A key and the section that it stands in; the section is empty for a key outside every section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) section: String,
    pub(super) key: String,
}

impl Name {
    pub(super) fn new(section: &str, key: &str) -> Self {
        Self { section: section.to_owned(), key: key.to_owned() }
    }
}

/// A value as it was written. Text from the environment has no type until a section asks for one.
pub(super) enum Raw {
    Text(String),
    Integer(i64),
    Boolean(bool),
    Variable(String),
    EmptySection,
    Other(&'static str),
}

/// A value and its place.
pub(super) struct Given {
    pub(super) raw: Raw,
    pub(super) place: Place,
}

/// Everything that one source gave.
pub(super) type Layer = BTreeMap<Name, Given>;

/// Reads the settings file.
pub(super) fn read_file(path: &Path) -> Result<Layer, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
    let text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable)?);
    parse_file(path, &text)
}

/// Reads the text of the settings file; `path` is only for the places.
fn parse_file(path: &Path, text: &str) -> Result<Layer, ConfigError> {
    let place_at = |offset: usize| {
        let line = text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
        Place::File { path: path.to_owned(), line }
    };
    let document = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        place: place_at(error.span().map_or(0, |span| span.start)),
        message: printable(error.message()),
    })?;
    let mut layer = Layer::new();
    for (section, value) in document.get_ref() {
        let DeValue::Table(table) = value.get_ref() else {
            layer.insert(Name::new("", section.get_ref()), given(value.get_ref(), place_at(section.span().start)));
            continue;
        };
        if table.is_empty() {
            let empty = Given { raw: Raw::EmptySection, place: place_at(section.span().start) };
            layer.insert(Name::new(section.get_ref(), ""), empty);
        }
        for (key, value) in table {
            layer.insert(
                Name::new(section.get_ref(), key.get_ref()),
                given(value.get_ref(), place_at(key.span().start)),
            );
        }
    }
    Ok(layer)
}

fn given(value: &DeValue<'_>, place: Place) -> Given {
    let raw = match value {
        DeValue::String(text) => Raw::Text(text.clone().into_owned()),
        DeValue::Boolean(flag) => Raw::Boolean(*flag),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Raw::Integer(number),
            Err(_) => Raw::Other("a number beyond 64 bits"),
        },
        DeValue::Float(_) => Raw::Other("a fraction"),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(_) => Raw::Other("a list"),
        DeValue::Table(_) => Raw::Other("a section"),
    };
    Given { raw, place }
}

/// Takes the variables that begin with our prefix, and leaves all others alone.
pub(super) fn read_environment(variables: impl Iterator<Item = (String, String)>) -> Result<Layer, ConfigError> {
    let mut layer = Layer::new();
    for (variable, value) in variables {
        let Some(rest) = variable.strip_prefix(PREFIX) else { continue };
        let name = rest.split_once("__").filter(|(section, key)| is_spelt(section) && is_spelt(key));
        let name = name.map(|(section, key)| Name::new(&section.to_ascii_lowercase(), &key.to_ascii_lowercase()));
        let place = Place::Environment { variable };
        let Some(name) = name else { return Err(ConfigError::Variable { place }) };
        layer.insert(name, Given { raw: Raw::Variable(value), place });
    }
    Ok(layer)
}

fn is_spelt(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
