//! Gives each section its values: environment over file over default, checked, with their places remembered.
//! What a section reads is what exists: every name that nobody read is refused. Never shows a secret.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use super::error::ConfigError;
use super::layers::{Given, Layer, Name, Raw};
use super::place::{Place, printable};

/// One setting as a listing shows it.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) section: &'static str,
    pub(super) key: String,
    /// The value in TOML; for a secret only whether it is set.
    pub(super) value: String,
    pub(super) place: Place,
    pub(super) remark: String,
}

/// Both layers, and what was read from them so far.
pub(super) struct Reader {
    pub(super) file: Layer,
    pub(super) environment: Layer,
    shown: Vec<Shown>,
}

impl Reader {
    pub(super) fn new(file: Layer, environment: Layer) -> Self {
        Self { file, environment, shown: Vec::new() }
    }

    pub(super) fn section(&mut self, name: &'static str) -> Section<'_> {
        Section { reader: self, name }
    }

    /// Refuses what nobody asked for; gives the listing.
    pub(super) fn finish(self) -> Result<Vec<Shown>, ConfigError> {
        let mut known: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for shown in &self.shown {
            known.entry(shown.section).or_default().push(&shown.key);
        }
        for (name, given) in self.file.iter().chain(&self.environment) {
            refuse_leftover(name, given, &known)?;
        }
        Ok(self.shown)
    }
}

/// What is left is unknown, but for the heading of a section that gives nothing.
fn refuse_leftover(name: &Name, given: &Given, known: &BTreeMap<&str, Vec<&str>>) -> Result<(), ConfigError> {
    let place = given.place.clone();
    if name.section.is_empty() && known.contains_key(name.key.as_str()) {
        let (key, expected) = (name.key.clone(), format!("a section `[{}]`", name.key));
        return Err(ConfigError::Wrong { place, key, expected, found: "something else".to_owned() });
    }
    let (what, name, known) = match known.get(name.section.as_str()) {
        Some(_) if matches!(given.raw, Raw::EmptySection) => return Ok(()),
        Some(keys) => ("key", format!("{}.{}", name.section, name.key), keys.join(", ")),
        None => {
            let outer = if name.section.is_empty() { &name.key } else { &name.section };
            ("section", outer.clone(), known.keys().copied().collect::<Vec<_>>().join(", "))
        }
    };
    Err(ConfigError::Unknown { place, what, name: printable(&name), known })
}

/// The reader, inside one section.
pub(super) struct Section<'a> {
    pub(super) reader: &'a mut Reader,
    pub(super) name: &'static str,
}

impl Section<'_> {
    /// A whole number within `range`.
    pub(super) fn number<T>(&mut self, key: &str, default: T, range: RangeInclusive<T>) -> Result<T, ConfigError>
    where
        T: Copy + PartialOrd + Display + FromStr + TryFrom<i64>,
    {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        self.value(key, default, default.to_string(), &expected, |raw| {
            let number = match raw {
                Raw::Integer(number) => T::try_from(*number).ok(),
                Raw::Variable(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
                _ => None,
            };
            number.filter(|number| range.contains(number)).map(|number| (number, number.to_string()))
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &str, default: bool) -> Result<bool, ConfigError> {
        self.value(key, default, default.to_string(), "`true` or `false`", |raw| {
            let flag = match raw {
                Raw::Boolean(flag) => Some(*flag),
                Raw::Variable(text) => text.parse().ok(),
                _ => None,
            };
            flag.map(|flag| (flag, flag.to_string()))
        })
    }

    /// A text that `parse` accepts; `default` is a text too, so that it passes the same door.
    pub(super) fn text<T>(
        &mut self,
        key: &str,
        default: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        let given = self.take(key);
        let (raw, place) = match given {
            Some(Given { raw, place }) => (raw, place),
            None => (Raw::Text(default.to_owned()), Place::Default),
        };
        let parsed = text_of(&raw).and_then(|text| Some((parse(text)?, quoted(text))));
        let Some((value, shown)) = parsed else { return Err(self.wrong(key, place, expected, found(&raw))) };
        self.show(key, shown, place, String::new());
        Ok(value)
    }

    /// A path; an empty one means `fallback`.
    pub(super) fn path_or(&mut self, key: &str, fallback: PathBuf) -> Result<PathBuf, ConfigError> {
        let path = self.text(key, "", "a path, or an empty text", |text| is_path(text).then(|| PathBuf::from(text)))?;
        if !path.as_os_str().is_empty() {
            return Ok(path);
        }
        if let Some(shown) = self.reader.shown.last_mut() {
            shown.remark = format!("; means {}", printable(&fallback.to_string_lossy()));
        }
        Ok(fallback)
    }

    fn value<T>(
        &mut self,
        key: &str,
        default: T,
        default_shown: String,
        expected: &str,
        parse: impl Fn(&Raw) -> Option<(T, String)>,
    ) -> Result<T, ConfigError> {
        let Some(Given { raw, place }) = self.take(key) else {
            self.show(key, default_shown, Place::Default, String::new());
            return Ok(default);
        };
        let Some((value, shown)) = parse(&raw) else { return Err(self.wrong(key, place, expected, found(&raw))) };
        self.show(key, shown, place, String::new());
        Ok(value)
    }

    /// Takes a value from both layers and gives the one that counts.
    pub(super) fn take(&mut self, key: &str) -> Option<Given> {
        let name = Name::new(self.name, key);
        let from_file = self.reader.file.remove(&name);
        self.reader.environment.remove(&name).or(from_file)
    }

    pub(super) fn show(&mut self, key: &str, value: String, place: Place, remark: String) {
        self.reader.shown.push(Shown { section: self.name, key: key.to_owned(), value, place, remark });
    }

    pub(super) fn wrong(&self, key: &str, place: Place, expected: &str, found: String) -> ConfigError {
        ConfigError::Wrong { place, key: self.full(key), expected: expected.to_owned(), found }
    }

    pub(super) fn full(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }
}

fn text_of(raw: &Raw) -> Option<&str> {
    match raw {
        Raw::Text(text) | Raw::Variable(text) => Some(text),
        _ => None,
    }
}

pub(super) fn found(raw: &Raw) -> String {
    match raw {
        Raw::Text(text) | Raw::Variable(text) => format!("`{}`", printable(text)),
        Raw::Integer(number) => format!("`{number}`"),
        Raw::Boolean(flag) => format!("`{flag}`"),
        Raw::EmptySection => "a section".to_owned(),
        Raw::Other(kind) => (*kind).to_owned(),
    }
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Whether a text can be a path at all.
pub(super) fn is_path(text: &str) -> bool {
    !text.contains(char::is_control)
}
