//! The files of sentences, compiled in, and what is looked up in them.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::language::Language;

/// A file of sentences: its name, and its text in English and in Spanish.
pub type File = (&'static str, &'static str, &'static str);

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../web/locales/en/", $name, ".ftl")),
            include_str!(concat!("../../web/locales/es/", $name, ".ftl")),
        )),+]
    };
}

/// Every file of sentences.
pub const FILES: &[File] = files!(
    "layout",
    "words",
    "entry-kinds",
    "problems",
    "sign-in",
    "home",
    "records",
    "counter",
    "counsel",
    "audit",
    "report",
    "people",
    "clients",
    "catalog",
    "public",
);

static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en-US", |file| file.1));
static SPANISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("es-US", |file| file.2));

fn of(language: Language) -> &'static FluentBundle<FluentResource> {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

/// What can be read of the files. A test demands that it is all of them, without a fault and without a key twice.
fn bundle(locale: &str, text_of: fn(&File) -> &'static str) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = locale.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_formatter(Some(shown));
    // Both languages run from left to right: nothing needs to be isolated.
    bundle.set_use_isolating(false);
    for file in FILES {
        let resource = FluentResource::try_new(text_of(file).to_owned());
        let resource = resource.unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

pub(super) fn say(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = of(language);
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let said = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
    if !faults.is_empty() {
        tracing::error!(key, %language, "a sentence lacks what it names");
    }
    Some(said)
}

pub(super) fn knows(language: Language, key: &str) -> bool {
    of(language).has_message(key)
}

/// The keys that a file of sentences has, in its order.
///
/// # Errors
/// What Fluent cannot read.
pub fn keys(text: &str) -> Result<Vec<String>, String> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, faults)| format!("{faults:?}"))?;
    let names = text.lines().filter_map(|line| line.split_once(" =")).map(|(name, _)| name);
    let is_name = |name: &&str| name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(' ');
    Ok(names.filter(is_name).map(str::to_owned).collect())
}

/// Numbers with their thousands apart; everything else as Fluent shows it.
fn shown<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string())),
        _ => None,
    }
}

/// A number's text with a comma before every three digits of its whole part.
pub(super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let groups = whole.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    format!("{sign}{}{rest}", groups.collect::<Vec<Cow<'_, str>>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        let shown = ["0", "999", "1000", "1234567", "-1000", "1234.5"].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567", "-1,000", "1,234.5"]);
    }
}
