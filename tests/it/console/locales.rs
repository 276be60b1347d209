//! The sentences: each in both languages, with the same names in it, used somewhere, and none written into a page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zaguan::console::words;
use zaguan::domain::language::Language;
use zaguan::i18n::{FILES, Tongue, keys};

/// Key → what it names, of one language.
fn sentences(text_of: fn(&(&str, &'static str, &'static str)) -> &'static str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for file in FILES {
        let text = text_of(file);
        let names = keys(text).unwrap_or_else(|fault| panic!("{}: {fault}", file.0));
        for (key, body) in names.iter().zip(bodies(text)) {
            let named = body.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            let before = all.insert(key.clone(), named.map(str::to_owned).collect());
            assert!(before.is_none(), "`{key}` stands twice");
        }
    }
    all
}

/// The text from each key to the next.
fn bodies(text: &str) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let begins = line.starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(" =");
        match bodies.last_mut() {
            Some(body) if !begins => body.push_str(line),
            _ if begins => bodies.push(line.to_owned()),
            _ => {}
        }
    }
    bodies
}

#[test]
fn both_languages_say_the_same_things_about_the_same_names() {
    let (english, spanish) = (sentences(|file| file.1), sentences(|file| file.2));
    let only = |a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>| {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&english, &spanish), Vec::<String>::new(), "only in English");
    assert_eq!(only(&spanish, &english), Vec::<String>::new(), "only in Spanish");
    for (key, named) in &english {
        assert_eq!(Some(named), spanish.get(key), "`{key}` names other things in Spanish");
    }
}

#[test]
fn a_sentence_is_not_left_in_english() {
    // Names, and words that both languages spell alike.
    let alike = |text: &str| without(text, "{", "}").split_whitespace().count() < 4;
    for file in FILES {
        for (english, spanish) in bodies(file.1).iter().zip(bodies(file.2)) {
            let text = english.split_once('=').unwrap().1.trim();
            assert!(english != &spanish || alike(text), "{}: {english}", file.0);
        }
    }
}

#[test]
fn every_member_of_a_closed_set_has_its_word() {
    for language in Language::ALL {
        for key in words::keys() {
            assert!(Tongue::of(language).knows(&key), "`{key}` in {language}");
        }
    }
}

fn texts_below(dir: &Path, ending: &str, texts: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_below(&path, ending, texts);
        } else if path.to_string_lossy().ends_with(ending) {
            texts.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn of_the_house(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    texts_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut texts);
    texts
}

/// Every key that a template or the program names as a whole.
fn named_keys() -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    let is_key = |text: &str| {
        text.contains('-')
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    for (file, text) in of_the_house("web/templates", ".html") {
        for call in ["frame.t(\"", "frame.t1(\"", "frame.t2(\"", "frame.t3(\""] {
            for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| is_key(key)) {
                named.insert(key.to_owned(), file.clone());
            }
        }
    }
    for (file, text) in of_the_house("src/console", ".rs") {
        for call in [".t(\"", ".t1(\"", ".t2(\"", ".t3(\"", ".say(\"", ".say_with(\"", ".frame(\""] {
            for key in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| is_key(key)) {
                named.insert(key.to_owned(), file.clone());
            }
        }
        for key in text.split("\"notice-").skip(1).filter_map(|rest| rest.split('"').next()) {
            named.insert(format!("notice-{key}"), file.clone());
        }
    }
    named
}

#[test]
fn every_key_that_is_named_exists() {
    let known = sentences(|file| file.1);
    for (key, file) in named_keys() {
        let is_known =
            known.contains_key(&key) || (key.ends_with('-') && known.keys().any(|own| own.starts_with(&key)));
        assert!(is_known, "`{key}` in {file} has no sentence");
    }
}

#[test]
fn no_page_has_words_of_its_own() {
    for (file, text) in of_the_house("web/templates", ".html") {
        let bare = without(&without(&without(&text, "{#", "#}"), "{%", "%}"), "{{", "}}");
        let bare = without(&without(&bare, "<!--", "-->"), "<", ">");
        let words: Vec<&str> = bare.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
        assert!(words.is_empty(), "{file} has words that no language file knows: {words:?}");
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            for value in text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let is_bare = value.chars().any(char::is_alphabetic) && !value.contains("{{");
                assert!(!is_bare, "{file}: {attribute}{value}");
            }
        }
    }
}

/// The text without what stands between these two, and without these.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(begin) {
        kept.push_str(before);
        kept.push(' ');
        rest = after.split_once(end).map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn instants_are_told_in_mountain_time_in_the_readers_language() {
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let (english, spanish) = (Tongue::of(Language::English), Tongue::of(Language::Spanish));
    // In March Las Cruces is seven hours behind UTC, in July six.
    assert_eq!(english.instant(at("2031-03-04T12:00:00Z")), "March 4, 2031, 5:00\u{a0}a.m. MST");
    assert_eq!(spanish.instant(at("2031-07-04T19:05:00Z")), "4 de julio de 2031, 1:05\u{a0}p.\u{a0}m. MDT");
    assert_eq!(english.date(at("2031-01-01T06:59:59Z")), "December 31, 2030");
    let march = chrono::NaiveDate::from_ymd_opt(2031, 3, 4).unwrap();
    assert_eq!((english.month(march), spanish.month(march)), ("March 2031".to_owned(), "marzo de 2031".to_owned()));
    let half_past = |hour| english.time_of_day(chrono::NaiveTime::from_hms_opt(hour, 30, 0).unwrap());
    assert_eq!([half_past(0), half_past(12), half_past(13)], ["12:30\u{a0}a.m.", "12:30\u{a0}p.m.", "1:30\u{a0}p.m."]);
    let hours = chrono::TimeDelta::hours;
    assert_eq!(english.stretch(hours(49)), "2 days 1 hour");
    assert_eq!(spanish.stretch(hours(25)), "1 día 1 hora");
    assert_eq!(english.stretch(chrono::TimeDelta::seconds(59)), "less than a minute");
    assert_eq!(english.number(1_234_567), "1,234,567");
}
