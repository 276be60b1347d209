//! What changed between two catalogues, and which changes let out what was kept in.

use zaguan::domain::field::{CatalogDiff, StoreCatalog, check_downgrades};

use super::catalog::catalog;

fn found(old: &StoreCatalog, new: &StoreCatalog) -> Vec<(String, &'static str, &'static str)> {
    let errors = check_downgrades(old, new).err().unwrap_or_default();
    errors.into_iter().map(|error| (error.0.name, error.0.from.as_str(), error.0.to.as_str())).collect()
}

#[test]
fn the_difference_names_what_came_what_went_and_what_changed() {
    let old = catalog(&[
        ("gone", "class = \"medical\""),
        ("same", "class = \"school\""),
        ("up", "class = \"unprotected\""),
        ("down", "class = \"home_address\""),
    ]);
    let new = catalog(&[
        ("came", "class = \"contact\""),
        ("same", "class = \"school\"\nnote = \"n\""),
        ("up", "class = \"medical\""),
        ("down", "class = \"medical\""),
    ]);
    let diff = CatalogDiff::between(&old, &new);
    assert_eq!((diff.added, diff.removed), (vec!["came".to_owned()], vec!["gone".to_owned()]));
    let names = |changes: &[zaguan::domain::field::ClassChange]| -> Vec<_> {
        changes.iter().map(|change| change.name.clone()).collect()
    };
    assert_eq!(names(&diff.changed), ["down", "up"]);
    assert_eq!(names(&diff.downgraded), ["down"]);
    assert_eq!(CatalogDiff::between(&old, &old), CatalogDiff::default());
}

#[test]
fn a_downgrade_needs_a_reviewer_and_a_reason_on_its_row() {
    let old = catalog(&[("f", "class = \"home_address\"")]);
    let new = |rest| catalog(&[("f", rest)]);
    let down = |to| vec![("f".to_owned(), "home_address", to)];
    assert_eq!(found(&old, &new("class = \"medical\"")), down("medical"));
    assert_eq!(found(&old, &new("class = \"employment\"")), down("employment"));
    assert_eq!(found(&old, &new("class = \"unprotected\"\nreviewed_by = \"A\"")), down("unprotected"));
    assert_eq!(found(&old, &new("class = \"unprotected\"\nreviewed_by = \"A\"\nreason = \"r\"")), []);
    assert_eq!(found(&old, &new("class = \"unclassified\"")), []);
}

#[test]
fn judging_what_was_not_catalogued_is_no_downgrade() {
    let old = catalog(&[("f", "class = \"medical\"")]);
    let new = catalog(&[("f", "class = \"medical\""), ("g", "class = \"unprotected\"")]);
    assert_eq!(found(&old, &new), []);
    // A steward who wrote `unclassified` down on purpose is contradicted only with a reason.
    let marked = catalog(&[("g", "class = \"unclassified\"")]);
    assert_eq!(found(&marked, &catalog(&[("g", "class = \"unprotected\"")])).len(), 1);
}

#[test]
fn a_removed_row_is_kept_in_unless_a_wildcard_lets_it_out() {
    let old = catalog(&[("a.ssn", "class = \"medical\""), ("a.*", "class = \"unprotected\"")]);
    assert_eq!(found(&old, &catalog(&[])), []);
    let new = catalog(&[("a.*", "class = \"unprotected\"")]);
    assert_eq!(found(&old, &new), [("a.ssn".to_owned(), "medical", "unprotected")]);
}

#[test]
fn a_removed_wildcard_is_kept_in_unless_another_lets_it_out() {
    let old = catalog(&[("a.addr.*", "class = \"home_address\""), ("a.*", "class = \"unprotected\"")]);
    let new = catalog(&[("a.*", "class = \"unprotected\"")]);
    assert_eq!(found(&old, &new), [("a.addr.*".to_owned(), "home_address", "unprotected")]);
}

#[test]
fn a_new_row_that_takes_a_name_from_a_wildcard_may_be_a_downgrade() {
    let old = catalog(&[("a.*", "class = \"home_address\"")]);
    let new = |name| catalog(&[("a.*", "class = \"home_address\""), (name, "class = \"unprotected\"")]);
    assert_eq!(found(&old, &new("a.state")), [("a.state".to_owned(), "home_address", "unprotected")]);
    assert_eq!(found(&old, &new("a.b.*")), [("a.b.*".to_owned(), "home_address", "unprotected")]);
    assert_eq!(found(&old, &new("b.state")), []);
}

#[test]
fn an_alias_whose_target_is_lowered_is_lowered_with_it() {
    let old = catalog(&[("t", "class = \"home_address\""), ("f", "alias_of = \"t\"")]);
    let lowered = "class = \"unprotected\"\nreviewed_by = \"A\"\nreason = \"r\"";
    let new = catalog(&[("t", lowered), ("f", "alias_of = \"t\"")]);
    assert_eq!(found(&old, &new), [("f".to_owned(), "home_address", "unprotected")]);
}
