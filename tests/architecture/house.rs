//! The house as it stands keeps its rules.

use std::path::Path;

use super::rules::{
    HIDDEN, begins_with_its_purpose, definitions, is_pure_where_it_must_be, leaves_nothing_for_later,
    names_no_reserved_crate, names_only_lower_floors, prints_no_resident,
};
use super::source::Source;

type Rule = fn(&Source) -> Vec<String>;

#[test]
fn a_floor_names_only_floors_beneath_it() {
    demand("src", names_only_lower_floors);
}

#[test]
fn only_storage_names_diesel_and_only_web_rooms_name_actix() {
    demand("src", names_no_reserved_crate);
}

#[test]
fn the_pure_rooms_name_neither_the_clock_nor_chance_nor_the_machine() {
    demand("src", is_pure_where_it_must_be);
}

#[test]
fn types_that_hold_residents_do_not_print_them() {
    demand("src", prints_no_resident);
    let files = files_under("src");
    for name in HIDDEN {
        assert!(files.iter().any(|file| !definitions(&file.code, name).is_empty()), "`{name}` is gone: mend the list");
    }
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    demand("src", begins_with_its_purpose);
    demand("tests", begins_with_its_purpose);
}

#[test]
fn nothing_is_left_for_later_and_no_test_is_left_out() {
    demand("src", leaves_nothing_for_later);
    demand("tests", leaves_nothing_for_later);
}

/// Every file under the directory keeps the rule.
fn demand(directory: &str, rule: Rule) {
    let files = files_under(directory);
    assert!(files.len() > 10, "only {} files under {directory}", files.len());
    let faults: Vec<String> = files.iter().flat_map(rule).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn files_under(directory: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut waiting) = (Vec::new(), vec![root.join(directory)]);
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.push(Source::new(&name, &std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}
