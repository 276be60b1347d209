//! Reading TOML that lawyers and stewards edit: every fault is reported, with its line and column.
//!
//! Must never supply a default for what is missing or skip what it does not know: a file with one fault is refused whole.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One fault in a text, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextError {
    /// Line at fault, counted from 1; `None` when what is wrong is that something is absent.
    pub line: Option<usize>,
    /// Column at fault, counted from 1 in characters.
    pub column: Option<usize>,
    /// What is wrong and what is expected.
    pub message: String,
}

impl TextError {
    /// A fault that belongs to no line.
    pub fn without_line(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.message),
            (Some(line), None) => write!(f, "line {line}: {}", self.message),
            (None, _) => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for TextError {}

/// A text being read, and the faults found so far.
pub(crate) struct Reader<'t> {
    text: &'t str,
    errors: Vec<TextError>,
}

impl<'t> Reader<'t> {
    /// Parses the syntax. Only the first syntax error is reported (a duplicate key is one): those after it are mostly its
    /// consequences.
    pub(crate) fn open(text: &'t str) -> Result<(Self, DeTable<'t>), Vec<TextError>> {
        let mut reader = Self { text, errors: Vec::new() };
        match DeTable::parse(text) {
            Ok(table) => return Ok((reader, table.into_inner())),
            Err(fault) => match fault.span() {
                Some(span) => reader.fault(&span, fault.message()),
                None => reader.absent(fault.message()),
            },
        }
        Err(reader.into_errors())
    }

    /// Notes a fault at a place.
    pub(crate) fn fault(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let (line, column) = self.place(span.start);
        self.errors.push(TextError { line: Some(line), column: Some(column), message: message.into() });
    }

    /// Notes that something is absent altogether.
    pub(crate) fn absent(&mut self, message: impl Into<String>) {
        self.errors.push(TextError::without_line(message));
    }

    /// Line and column, both from 1, of a byte offset.
    pub(crate) fn place(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }

    /// Whether nothing has been at fault so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// All faults, first line first.
    pub(crate) fn into_errors(mut self) -> Vec<TextError> {
        self.errors.sort();
        self.errors.dedup();
        self.errors
    }

    /// `value` when nothing was at fault.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<TextError>> {
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(self.into_errors()),
        }
    }

    /// The table under a value, or a fault.
    pub(crate) fn table(&mut self, key: &str, value: Spanned<DeValue<'t>>) -> Option<Section<'t>> {
        let span = value.span();
        if let DeValue::Table(table) = value.into_inner() {
            return Some(Section { table, span, taken: BTreeSet::new() });
        }
        self.fault(&span, format!("`{key}` must be a table"));
        None
    }
}

/// One table of the text. Keys are taken out of it; what is left at the end is unknown.
pub(crate) struct Section<'t> {
    table: DeTable<'t>,
    /// Where the table's header stands.
    pub(crate) span: Range<usize>,
    taken: BTreeSet<&'static str>,
}

impl<'t> Section<'t> {
    /// The table at the root of the text.
    pub(crate) fn root(table: DeTable<'t>) -> Self {
        Self { table, span: 0..0, taken: BTreeSet::new() }
    }

    /// Whether the key is there, rightly or wrongly filled. Ask before taking it.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Takes a value out, whatever its type.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'t>>> {
        self.taken.insert(key);
        self.table.remove(key)
    }

    /// Takes every key and value, for a table whose keys are data.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (Spanned<std::borrow::Cow<'t, str>>, Spanned<DeValue<'t>>)> {
        self.table.into_iter()
    }

    /// A text that is not blank, if the key is there.
    pub(crate) fn text(&mut self, reader: &mut Reader<'t>, key: &'static str) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        let span = value.span();
        match value.into_inner() {
            DeValue::String(text) if text.trim().is_empty() => reader.fault(&span, format!("`{key}` is empty")),
            DeValue::String(text) => return Some(Spanned::new(span, text.into_owned())),
            _ => reader.fault(&span, format!("`{key}` must be a text in quotes")),
        }
        None
    }

    /// `true` or `false`, which must be there.
    pub(crate) fn required_bool(&mut self, reader: &mut Reader<'t>, key: &'static str) -> Option<Spanned<bool>> {
        let value = self.required(reader, key)?;
        let span = value.span();
        if let DeValue::Boolean(stated) = value.into_inner() {
            return Some(Spanned::new(span, stated));
        }
        reader.fault(&span, format!("`{key}` must be true or false"));
        None
    }

    /// A whole number, which must be there and lie within `range`.
    pub(crate) fn required_number(
        &mut self,
        reader: &mut Reader<'t>,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = self.required(reader, key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let (low, high) = (range.start(), range.end());
            reader.fault(&value.span(), format!("`{key}` must be a whole number from {low} to {high}"));
        }
        number
    }

    /// A text that is not blank, which must be there.
    pub(crate) fn required_text(&mut self, reader: &mut Reader<'t>, key: &'static str) -> Option<Spanned<String>> {
        if self.has(key) {
            return self.text(reader, key);
        }
        self.required(reader, key);
        None
    }

    /// A list of texts; absent counts as empty, `None` is a fault that has been noted.
    pub(crate) fn texts(&mut self, reader: &mut Reader<'t>, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let Some(value) = self.take(key) else { return Some(Vec::new()) };
        let text = |item: &Spanned<DeValue<'_>>| Some(Spanned::new(item.span(), item.get_ref().as_str()?.to_owned()));
        let texts = value.get_ref().as_array().and_then(|items| items.iter().map(text).collect());
        if texts.is_none() {
            reader.fault(&value.span(), format!("`{key}` must be a list of texts"));
        }
        texts
    }

    /// Any value, which must be there.
    pub(crate) fn required(&mut self, reader: &mut Reader<'t>, key: &'static str) -> Option<Spanned<DeValue<'t>>> {
        let value = self.take(key);
        if value.is_none() {
            if self.span.is_empty() {
                reader.absent(format!("`{key}` is missing"));
            } else {
                reader.fault(&self.span, format!("`{key}` is missing"));
            }
        }
        value
    }

    /// Reports every key that nobody took.
    pub(crate) fn refuse_the_rest(self, reader: &mut Reader<'t>) {
        let known = self.taken.into_iter().collect::<Vec<_>>().join(", ");
        for (key, _) in self.table {
            reader.fault(&key.span(), format!("unknown key `{}`, expected one of: {known}", key.get_ref()));
        }
    }
}
