//! Every page, rendered from samples in both languages: complete, well-formed, and fit for screen readers and keyboards.

#![expect(clippy::string_slice, reason = "a page is cut at its own marks, which are ASCII")]

use std::collections::BTreeSet;

use zaguan::console::samples;
use zaguan::domain::language::Language;

/// Elements without an end (HTML, §13.1.2 "void elements").
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path"];

/// A tag: its name, its attributes, and whether it ends an element or is one by itself.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    is_end: bool,
    is_alone: bool,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a page in their order.
fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let end = rest.find('>').unwrap_or_else(|| panic!("a tag without an end: {rest:.80}"));
        tags.push(tag(&rest[..end]));
        rest = &rest[end + 1..];
    }
    tags
}

fn tag(text: &str) -> Tag {
    let is_end = text.starts_with('/');
    let text = text.trim_start_matches('/');
    let is_alone = text.ends_with('/');
    let text = text.trim_end_matches('/');
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut attributes = Vec::new();
    while let Some(begin) = rest.find(|c: char| !c.is_whitespace()) {
        rest = &rest[begin..];
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let own = rest[..end].to_owned();
        rest = &rest[end..];
        let Some(quoted) = rest.strip_prefix("=\"") else {
            assert!(!rest.starts_with('='), "an attribute without quotes: {text}");
            attributes.push((own, String::new()));
            continue;
        };
        let end = quoted.find('"').unwrap_or_else(|| panic!("quotes without an end: {text}"));
        attributes.push((own, quoted[..end].to_owned()));
        rest = &quoted[end + 1..];
    }
    Tag { name: name.to_ascii_lowercase(), attributes, is_end, is_alone }
}

fn every_page(check: impl Fn(&str, Language, &str, &[Tag])) {
    let mut seen = 0;
    for language in Language::ALL {
        for sample in samples(language).unwrap() {
            check(&sample.name, language, &sample.html, &tags(&sample.html));
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_page_has_all_its_words_in_both_languages() {
    every_page(|name, language, html, tags| {
        // A missing sentence is shown as its key in brackets.
        let missing = html.split('[').skip(1).filter_map(|rest| rest.split_once(']')).find(|(key, _)| {
            key.contains('-')
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        });
        assert!(missing.is_none(), "{name} in {language} lacks {:?}", missing.map(|(key, _)| key));
        assert!(
            !html.contains("{$") && !html.contains("{ $"),
            "{name} in {language} shows a name in place of its value"
        );
        let root = tags.iter().find(|tag| tag.name == "html").unwrap();
        assert_eq!(root.attribute("lang"), Some(language.as_str()), "{name}");
    });
}

#[test]
fn every_page_is_well_formed() {
    every_page(|name, language, _, tags| {
        let mut open: Vec<&str> = Vec::new();
        for tag in tags.iter().filter(|tag| !tag.is_alone && !VOID.contains(&tag.name.as_str())) {
            if tag.is_end {
                assert_eq!(open.pop(), Some(tag.name.as_str()), "{name} in {language}");
            } else {
                open.push(&tag.name);
            }
        }
        assert!(open.is_empty(), "{name} in {language} leaves open: {open:?}");
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
        let different: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), different.len(), "{name} in {language} has an id twice: {ids:?}");
        let refer = |attribute| move |tag: &Tag| tag.attribute(attribute).map(str::to_owned);
        for attribute in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            for ids in tags.iter().filter_map(refer(attribute)) {
                for id in ids.split_whitespace() {
                    assert!(
                        different.contains(id),
                        "{name} in {language}: `{attribute}` refers to `{id}`, which is not there"
                    );
                }
            }
        }
        for link in tags.iter().filter_map(refer("href")).filter_map(|to| to.strip_prefix('#').map(str::to_owned)) {
            assert!(different.contains(link.as_str()), "{name} in {language} links to `#{link}`, which is not there");
        }
    });
}

#[test]
fn every_page_keeps_the_policy_on_its_content() {
    every_page(|name, language, html, tags| {
        for tag in tags {
            let inline = tag.attributes.iter().find(|(own, _)| own == "style" || own.starts_with("on"));
            assert!(inline.is_none(), "{name} in {language}: {inline:?} would be refused");
            let from = tag.attribute("src").or(tag.attribute("action")).or(tag.attribute("href")).unwrap_or_default();
            assert!(!from.starts_with("//") && !from.contains("://"), "{name} in {language} leads to {from}");
            assert!(tag.name != "style", "{name} in {language} has a style of its own");
            assert!(
                tag.name != "script" || tag.is_end || tag.attribute("src").is_some(),
                "{name} in {language} has an inline script"
            );
        }
        assert!(!html.contains("javascript:"), "{name} in {language}");
    });
}

#[test]
fn every_form_that_changes_something_carries_a_token() {
    every_page(|name, language, html, _| {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let head = form.split('>').next().unwrap();
            assert!(head.contains("method=\""), "{name} in {language}: a form without a method");
            let is_posted = head.contains("method=\"post\"");
            assert_eq!(form.contains("name=\"form_token\""), is_posted, "{name} in {language}: {head}");
        }
    });
}

#[test]
fn every_page_speaks_to_screen_readers() {
    every_page(|name, language, html, tags| {
        let count = |wanted: &str| tags.iter().filter(|tag| !tag.is_end && tag.name == wanted).count();
        assert_eq!((count("h1"), count("main"), count("title")), (1, 1, 1), "{name} in {language}");
        let levels = tags.iter().filter(|tag| !tag.is_end).filter_map(|tag| match tag.name.as_str() {
            "h1" => Some(1),
            "h2" => Some(2),
            "h3" => Some(3),
            "h4" => Some(4),
            _ => None,
        });
        levels.fold(0, |before, level| {
            assert!(level <= before + 1, "{name} in {language} leaps from a heading of level {before} to {level}");
            level
        });
        let labelled: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.attribute("for")).collect();
        let wrapped: BTreeSet<&str> =
            html.split("<label").skip(1).filter_map(|rest| rest.split("</label>").next()).collect();
        for tag in tags.iter().filter(|tag| !tag.is_end && ["input", "select", "textarea"].contains(&tag.name.as_str()))
        {
            if matches!(tag.attribute("type"), Some("hidden" | "submit")) {
                continue;
            }
            let by_id = tag.attribute("id").is_some_and(|id| labelled.contains(id));
            let own = tag.attribute("aria-label").is_some_and(|label| !label.is_empty());
            let field = format!("name=\"{}\"", tag.attribute("name").unwrap_or_default());
            let inside = wrapped.iter().any(|label| label.contains(&field));
            assert!(by_id || own || inside, "{name} in {language}: a field without a label: {:?}", tag.attributes);
        }
        for image in tags.iter().filter(|tag| tag.name == "img") {
            assert!(image.attribute("alt").is_some(), "{name} in {language}: an image without a text");
        }
        for table in html.split("<table").skip(1).filter_map(|rest| rest.split("</table>").next()) {
            assert!(table.contains("<caption"), "{name} in {language}: a table without a caption");
            assert!(!table.contains("<th>"), "{name} in {language}: a heading of a table without a scope");
        }
    });
}
