//! The kinds of problems are a promise: `docs/problems.md` is what callers build on.

use std::collections::HashSet;

use zaguan::http::ProblemKind;

const PAGE: &str = include_str!("../../../docs/problems.md");

/// The rows of the page's table: slug, status, meaning, what to do.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `urn:zaguan:problem:"));
    rows.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

#[test]
fn every_kind_has_a_type_of_its_own() {
    let uris: HashSet<String> = ProblemKind::ALL.iter().map(|kind| kind.uri()).collect();
    assert_eq!(uris.len(), ProblemKind::ALL.len());
    for uri in uris {
        let slug = uri.strip_prefix("urn:zaguan:problem:").unwrap();
        assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{uri}");
    }
}

#[test]
fn every_kind_is_documented_with_its_status_its_meaning_and_what_to_do() {
    let rows = rows();
    for kind in ProblemKind::ALL {
        let row = rows.iter().find(|row| row[0] == format!("`{}`", kind.uri()));
        let row = row.unwrap_or_else(|| panic!("{} is not in docs/problems.md", kind.uri()));
        assert_eq!(row.len(), 4, "{row:?}");
        assert_eq!(row[1], kind.parts().1.as_str(), "{row:?}");
        assert!(row[2].len() > 20 && row[3].len() > 20, "{row:?}");
    }
    assert_eq!(rows.len(), ProblemKind::ALL.len(), "the page documents what does not exist");
}

/// Written from the page, not from the code: a type that callers know is never renamed and never changes its status.
#[test]
fn types_and_statuses_are_those_that_were_published() {
    let published = [
        ("malformed-json", 400),
        ("invalid-request", 400),
        ("too-large", 413),
        ("too-slow", 408),
        ("unsupported-media-type", 415),
        ("unauthenticated", 401),
        ("not-registered", 403),
        ("forbidden", 403),
        ("conflict", 409),
        ("same-person", 409),
        ("already-done", 409),
        ("foreign-form", 403),
        ("checks-open", 422),
        ("not-found", 404),
        ("method-not-allowed", 405),
        ("idempotency-key-reused", 409),
        ("idempotency-key-outdated", 409),
        ("too-many-attempts", 429),
        ("overloaded", 503),
        ("audit-log-unwritable", 503),
        ("unproven", 500),
        ("unavailable", 503),
    ];
    let found: Vec<(&str, u16)> =
        ProblemKind::ALL.iter().map(|kind| (kind.parts().0, kind.parts().1.as_u16())).collect();
    for row in published {
        assert!(found.contains(&row), "{row:?}");
    }
}
