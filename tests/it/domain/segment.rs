//! Segments of the log: a column tells of every entry what was put in, and of nobody what was wiped.

use proptest::prelude::*;
use zaguan::domain::ResidentIndex;
use zaguan::domain::segment::{Column, ColumnName, LENGTH, LinkMarks, Selection, Wanted};

/// Values of a whole segment, with so many different words.
fn values(words: usize) -> impl Strategy<Value = Vec<Option<String>>> {
    let value = prop_oneof![1 => Just(None), 4 => (0..words).prop_map(|number| Some(format!("word {number}")))];
    proptest::collection::vec(value, LENGTH)
}

fn places(selection: &Selection) -> Vec<usize> {
    let mut places: Vec<usize> = selection.newest_first().collect();
    assert!(places.is_sorted_by(|newer, older| newer > older));
    places.reverse();
    places
}

fn check(values: &[Option<String>], wanted: &str) {
    let column = Column::of(values);
    let read = Column::read(&column.words(), column.marks()).unwrap();
    assert_eq!(read, column);
    let found = places(&read.select(|word| word == wanted));
    let expected: Vec<usize> = (0..LENGTH).filter(|place| values[*place].as_deref() == Some(wanted)).collect();
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_column_of_few_words_finds_each_where_it_stands(values in values(3)) {
        check(&values, "word 1");
        check(&values, "another");
    }

    #[test]
    fn a_column_of_many_words_finds_each_where_it_stands(values in values(700)) {
        check(&values, "word 600");
    }
}

#[test]
fn a_column_at_the_edge_of_one_byte_loses_nothing() {
    for words in [1, 254, 255, 256, LENGTH] {
        let values: Vec<Option<String>> = (0..LENGTH).map(|place| Some(format!("{}", place % words))).collect();
        check(&values, "0");
        check(&values, &format!("{}", words - 1));
    }
    let nothing = vec![None; LENGTH];
    assert!(Column::of(&nothing).marks().is_empty());
    check(&nothing, "0");
}

#[test]
fn what_is_no_column_is_not_read_as_one() {
    let column = Column::of(&vec![Some("word".to_owned()); LENGTH]);
    assert_eq!(Column::read("not JSON", column.marks()), None);
    assert_eq!(Column::read("[]", column.marks()), None);
    assert_eq!(Column::read(&column.words(), &column.marks()[1..]), None);
    assert!(LinkMarks::read(vec![0; 3]).is_none());
}

#[test]
fn a_resident_is_found_until_the_link_is_wiped() {
    let resident = |number: u8| ResidentIndex::new([number; 32]);
    // All zeros would stand for nobody; a keyed index may begin with them all the same.
    let zeros = ResidentIndex::new([0; 32]);
    let marks = LinkMarks::of([(0, resident(1)), (7, resident(2)), (LENGTH - 1, resident(1)), (8, zeros)]);
    let mut marks = LinkMarks::read(marks.marks().to_vec()).unwrap();
    assert_eq!(places(&marks.select(&[resident(1)])), [0, LENGTH - 1]);
    assert_eq!(places(&marks.select(&[resident(2), resident(1)])), [0, 7, LENGTH - 1]);
    assert_eq!(places(&marks.select(&[zeros])), [8]);
    marks.wipe(0);
    assert_eq!(places(&marks.select(&[resident(1)])), [LENGTH - 1]);
    marks.set(9, &resident(1));
    assert_eq!(places(&marks.select(&[resident(1)])), [9, LENGTH - 1]);
    assert_eq!(format!("{marks:?}"), "LinkMarks(hidden)");
}

#[test]
fn an_answer_fits_only_with_class_and_reason_of_one_field() {
    let wanted = |class: Option<&str>, reason: Option<&str>| Wanted {
        answer: Some((class.map(|word| word.parse().unwrap()), reason.map(|word| word.parse().unwrap()))),
        ..Wanted::default()
    };
    let answers = "employment:no_legal_basis unprotected:not_protected";
    for (class, reason, fits) in [
        (Some("employment"), None, true),
        (None, Some("not_protected"), true),
        (Some("employment"), Some("no_legal_basis"), true),
        (Some("unprotected"), Some("no_legal_basis"), false),
        (Some("contact"), None, false),
    ] {
        assert_eq!(wanted(class, reason).accepts(ColumnName::Answers, answers), fits, "{class:?} {reason:?}");
    }
}
