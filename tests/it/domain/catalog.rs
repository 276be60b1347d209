//! The catalogue: which row answers for a field, what a request stands for, and what is refused.

use proptest::prelude::*;
use zaguan::domain::field::{Catalog, CatalogField, FieldClass, FieldName, StoreCatalog};

use super::scene::field;

const STORE: &str = "[store]\nid = \"s\"\nname = \"S\"\ndepartment = \"D\"\ndescription = \"What is in it\"\n";

/// Rows of a name and the rest of the row; each takes three lines, the first `[[field]]` on line 6.
pub fn text(rows: &[(&str, &str)]) -> String {
    let row = |(name, rest): &(&str, &str)| format!("[[field]]\nname = \"{name}\"\n{rest}\n");
    STORE.to_owned() + &rows.iter().map(row).collect::<String>()
}

pub fn catalog(rows: &[(&str, &str)]) -> StoreCatalog {
    StoreCatalog::parse(&text(rows)).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn classes(rows: &[(&str, &str)]) -> StoreCatalog {
    let rows: Vec<_> = rows.iter().map(|(name, class)| (*name, format!("class = \"{class}\""))).collect();
    catalog(&rows.iter().map(|(name, class)| (*name, class.as_str())).collect::<Vec<_>>())
}

fn assert_classes(catalog: &StoreCatalog, expected: &[(&str, &str)]) {
    for (name, class) in expected {
        assert_eq!(catalog.classify(&field(name)).as_str(), *class, "{name}");
    }
}

/// One fault, on the line given.
fn assert_refused(text: &str, line: usize, expected: &str) {
    let errors = StoreCatalog::parse(text).expect_err(expected);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((errors[0].line, errors[0].message.contains(expected)), (Some(line), true), "{:?}", errors[0]);
}

#[test]
fn a_field_that_no_row_matches_is_unclassified() {
    let catalog = classes(&[("home_address", "home_address"), ("notes.*", "medical")]);
    assert_classes(&catalog, &[("home_addres", "unclassified"), ("notes", "unclassified"), ("x.y", "unclassified")]);
    assert_classes(&catalog, &[("home_address.street", "unclassified"), ("home_address", "home_address")]);
}

#[test]
fn a_name_is_found_however_it_is_spelled() {
    let catalog = classes(&[("Phones[0].Number", "contact"), ("dirección", "home_address")]);
    assert_classes(&catalog, &[("phones.3.number", "contact"), ("ＰＨＯＮＥＳ.number", "contact")]);
    assert_classes(&catalog, &[("DIRECCIO\u{301}N", "home_address"), ("direccion", "unclassified")]);
}

#[test]
fn a_last_wildcard_covers_everything_beneath_and_not_the_container() {
    let catalog = classes(&[("address.*", "home_address")]);
    assert_classes(&catalog, &[("address.street", "home_address"), ("address.geo.lat", "home_address")]);
    assert_classes(&catalog, &[("address", "unclassified"), ("addresses.street", "unclassified")]);
}

#[test]
fn a_wildcard_in_the_middle_covers_exactly_one_segment() {
    let catalog = classes(&[("usage.*.kwh", "unprotected")]);
    assert_classes(&catalog, &[("usage.may.kwh", "unprotected"), ("usage.kwh", "unclassified")]);
    assert_classes(&catalog, &[("usage.may.day.kwh", "unclassified"), ("usage.may.kwh.peak", "unclassified")]);
    assert_classes(&classes(&[("*.ssn", "medical")]), &[("anybody.ssn", "medical"), ("ssn", "unclassified")]);
}

#[test]
fn the_most_specific_row_wins() {
    let catalog = classes(&[
        ("a.*", "medical"),
        ("a.*.c", "religion"),
        ("a.b.*", "school"),
        ("a.b.c", "disability"),
        ("*.b.c", "contact"),
        ("a.*.*", "employment"),
    ]);
    assert_classes(&catalog, &[("a.b.c", "disability"), ("a.b.x", "school"), ("a.x.c", "religion")]);
    assert_classes(&catalog, &[("a.x.y", "employment"), ("x.b.c", "contact"), ("a.x.y.z", "employment")]);
}

#[test]
fn a_container_that_only_a_wildcard_judges_does_not_carry_out_what_is_inside() {
    let catalog = classes(&[("a.*", "unprotected"), ("a.head.address", "home_address")]);
    assert_classes(&catalog, &[("a.head", "unclassified"), ("a.head.name", "unprotected"), ("a.x", "unprotected")]);
    let catalog = classes(&[("a.*", "medical"), ("a.*.creed", "religion")]);
    assert_classes(&catalog, &[("a.head", "unclassified"), ("a.head.creed", "religion"), ("a.head.x", "medical")]);
}

#[test]
fn a_request_with_a_wildcard_is_never_one_field() {
    let catalog = classes(&[("a.*", "unprotected"), ("a.*.kwh", "unprotected")]);
    assert_classes(&catalog, &[("a.*", "unclassified"), ("*", "unclassified"), ("a.*.kwh", "unclassified")]);
    assert_classes(&catalog, &[("a.＊", "unclassified")]);
}

#[test]
fn a_request_is_spread_out_into_the_fields_it_stands_for() {
    let catalog = classes(&[
        ("account", "unprotected"),
        ("Addr.Street", "home_address"),
        ("addr.geo.lat", "home_address"),
        ("addr.geo.*", "home_address"),
        ("address", "home_address"),
        ("address.state", "unprotected"),
    ]);
    let expand = |name: &str| catalog.expand(&field(name));
    assert_eq!(expand("*"), ["account", "Addr.Street", "addr.geo.lat", "address", "address.state"]);
    assert_eq!(expand("addr"), ["Addr.Street", "addr.geo.lat"]);
    assert_eq!(expand("ADDR.*"), ["Addr.Street", "addr.geo.lat"]);
    assert_eq!(expand("addr.geo"), ["addr.geo.lat"]);
    assert_eq!(expand("address.*"), ["address.state"]);
    // Catalogued itself, unknown, or with nothing catalogued beneath: just itself.
    for name in ["address", "unknown", "account.*", "x.*", "addr.*.lat"] {
        assert_eq!(expand(name), [name]);
        assert!(name.contains('*') || !catalog.stands_for_several(&field(name)));
    }
}

#[test]
fn an_alias_takes_the_class_of_its_target() {
    let catalog = catalog(&[
        ("domicilio", "alias_of = \"dom\""),
        ("dom", "alias_of = \"Home_Address\""),
        ("home_address", "class = \"home_address\""),
        ("dir.*", "alias_of = \"home_address\""),
    ]);
    assert_classes(&catalog, &[("domicilio", "home_address"), ("dir.calle", "home_address")]);
}

#[test]
fn an_alias_of_a_lower_class_needs_a_reviewer_and_a_reason() {
    let rows = |rest| text(&[("home", "class = \"home_address\""), ("block", rest)]);
    let needs = "needs `reviewed_by` and `reason`";
    assert_refused(&rows("class = \"unprotected\"\nalias_of = \"home\""), 10, needs);
    assert_refused(&rows("class = \"medical\"\nalias_of = \"home\""), 10, needs);
    // As carefully kept, but opened by other papers.
    assert_refused(&rows("class = \"employment\"\nalias_of = \"home\""), 10, needs);
    assert_refused(&rows("class = \"unprotected\"\nalias_of = \"home\"\nreason = \"no\""), 10, needs);
    let reviewed =
        rows("class = \"unprotected\"\nalias_of = \"home\"\nreviewed_by = \"A\"\nreason = \"the block only\"");
    assert_classes(&StoreCatalog::parse(&reviewed).unwrap(), &[("block", "unprotected")]);
    let stricter = rows("class = \"unclassified\"\nalias_of = \"home\"");
    assert_classes(&StoreCatalog::parse(&stricter).unwrap(), &[("block", "unclassified")]);
}

#[test]
fn aliases_into_nowhere_or_in_a_circle_are_refused() {
    assert_refused(&text(&[("a", "alias_of = \"b\"")]), 7, "`b` is not a field of this store");
    assert_refused(&text(&[("a", "alias_of = \"a\"")]), 7, "lead in a circle");
    let circle = text(&[("a", "alias_of = \"b\""), ("b", "alias_of = \"a\"")]);
    assert_eq!(StoreCatalog::parse(&circle).unwrap_err().len(), 2);
    let classed = text(&[("a", "class = \"medical\"\nalias_of = \"b\""), ("b", "alias_of = \"a\"")]);
    assert!(StoreCatalog::parse(&classed).unwrap_err().iter().all(|error| error.message.contains("circle")));
}

#[test]
fn duplicates_are_refused_after_normalisation() {
    let rows = [("phones.number", "class = \"contact\""), ("Phones[0].NUMBER", "class = \"contact\"")];
    assert_refused(&text(&rows), 10, "is there twice");
    assert_refused(&text(&[("a.*", "class = \"medical\""), ("A.*", "class = \"school\"")]), 10, "is there twice");
}

#[test]
fn a_container_kept_less_carefully_than_what_is_inside_is_refused() {
    let rows = |outer: &str, inner_name: &str, inner: &str| {
        text(&[(inner_name, &format!("class = \"{inner}\"")), ("a", &format!("class = \"{outer}\""))])
    };
    assert_refused(&rows("unprotected", "a.b", "home_address"), 10, "releasing the one would release the other");
    assert_refused(&rows("medical", "a.b.c", "home_address"), 10, "`a.b.c`");
    assert_refused(&rows("unprotected", "a.*", "medical"), 10, "`a.*`");
    assert_refused(&rows("home_address", "a.b", "unclassified"), 10, "unclassified");
    // Not lower, but opened by other papers.
    assert_refused(&rows("religion", "a.b", "medical"), 10, "medical");
    for (outer, inner) in [("home_address", "unprotected"), ("medical", "medical"), ("unclassified", "medical")] {
        assert!(StoreCatalog::parse(&rows(outer, "a.b", inner)).is_ok());
    }
    assert!(StoreCatalog::parse(&rows("unprotected", "ab.c", "medical")).is_ok());
}

#[test]
fn nothing_may_release_whatever_nobody_has_judged() {
    assert_refused(&text(&[("*", "class = \"unprotected\"")]), 7, "nobody has judged");
    assert_refused(&text(&[("*.*", "class = \"unprotected\"")]), 7, "nobody has judged");
    assert_classes(&classes(&[("*", "medical")]), &[("anything.at.all", "medical")]);
}

#[test]
fn words_and_keys_that_nobody_knows_are_refused_where_they_stand() {
    assert_refused(&text(&[("a", "class = \"adress\"")]), 8, "unknown field class `adress`");
    assert_refused(&text(&[("a", "class = \"medical\"\nclas = \"x\"")]), 9, "unknown key `clas`");
    assert_refused(&text(&[("a", "")]), 7, "needs a `class` or an `alias_of`");
    assert_refused(&text(&[("a..b", "class = \"medical\"")]), 7, "empty segment");
    assert_refused(&text(&[("a", "class = 3")]), 8, "must be a text in quotes");
    assert_refused(&text(&[("a", "class = \"medical\"\nreason = \" \"")]), 9, "`reason` is empty");
    assert_refused(&text(&[]).replace("\"s\"", "\"Not a slug\""), 2, "store id");
    assert_refused(&(text(&[]) + "colour = 1\n"), 6, "unknown key `colour`");
    assert_refused("[store]\nid = \"s\"\nid = \"t\"\n", 3, "duplicate key");
}

#[test]
fn a_field_may_be_known_and_not_judged() {
    let catalog = classes(&[("notes", "unclassified")]);
    assert_classes(&catalog, &[("notes", "unclassified")]);
    assert_eq!(catalog.expand(&field("*")), ["notes"]);
}

#[test]
fn the_hash_knows_what_is_said_and_not_how_it_is_laid_out() {
    let (one, two) = (("a", "class = \"medical\""), ("b", "class = \"school\"\nnote = \"n\""));
    assert_eq!(catalog(&[one, two]).sha256(), catalog(&[two, one]).sha256());
    assert_eq!(StoreCatalog::parse(&(text(&[one]) + "# why\n")).unwrap().sha256(), catalog(&[one]).sha256());
    for other in [("a", "class = \"school\""), ("A.b", one.1), ("a", "class = \"medical\"\nnote = \"n\"")] {
        assert_ne!(catalog(&[other]).sha256(), catalog(&[one]).sha256());
    }
}

#[test]
fn a_store_is_described_once() {
    let one = || catalog(&[("a", "class = \"medical\"")]);
    let all = Catalog::new([one()]).unwrap();
    assert_eq!(all.find(&"s".parse().unwrap()), Some(&one()));
    assert_eq!(all.find(&"t".parse().unwrap()), None);
    assert!(Catalog::new([one(), one()]).unwrap_err().message.contains("twice"));
}

fn any_row() -> impl Strategy<Value = CatalogField> {
    let name = "[a-c]{1,2}(\\.[a-cé*\"\\\\']{1,2}){0,2}".prop_filter_map("a name", |text| FieldName::new(text).ok());
    let class = proptest::sample::select(FieldClass::ALL.to_vec());
    let note = proptest::option::of("\\PC{0,20}|a\n\"\"\"b'''\\\\");
    (name, class, note).prop_map(|(name, class, note)| CatalogField { note, ..CatalogField::with_class(name, class) })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_catalogue_survives_the_way_through_its_file(rows in proptest::collection::vec(any_row(), 0..6)) {
        let store = catalog(&[]).store().clone();
        if let Ok(made) = StoreCatalog::new(store, rows) {
            let read = StoreCatalog::parse(&made.to_toml());
            prop_assert_eq!(read.as_ref(), Ok(&made), "{}", made.to_toml());
            prop_assert_eq!(read.unwrap().sha256(), made.sha256());
        }
    }

    #[test]
    fn a_row_answers_for_its_own_name(rows in proptest::collection::vec(any_row(), 0..6)) {
        if let Ok(made) = StoreCatalog::new(catalog(&[]).store().clone(), rows) {
            for row in made.fields().iter().filter(|row| !row.name.has_wildcard()) {
                prop_assert_eq!(made.classify(&row.name), made.class_of(row));
            }
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,200}|[\\[\\]=\"a-z._\n# 0-9*]{0,300}") {
        let _ = StoreCatalog::parse(&text);
        let _ = StoreCatalog::parse(&format!("{STORE}{text}"));
    }
}
