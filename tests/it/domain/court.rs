//! The registry of courts: what it holds, whom it finds, and what it never takes for a court.

use std::sync::LazyLock;

use proptest::prelude::*;
use zaguan::domain::court::{CourtLevel, CourtRegistry, CourtSystem, dhs_form_number, names_immigration_authority};

pub const SHIPPED_COURTS: &str = include_str!("../../../config/courts.toml");

static COURTS: LazyLock<CourtRegistry> =
    LazyLock::new(|| CourtRegistry::parse(SHIPPED_COURTS).unwrap_or_else(|faults| panic!("{faults:?}")));

pub fn shipped_courts() -> &'static CourtRegistry {
    &COURTS
}

fn id_of(name: &str) -> Option<String> {
    shipped_courts().find(name).map(|court| court.id.to_string())
}

fn count(system: CourtSystem, level: CourtLevel) -> usize {
    shipped_courts().courts().filter(|court| (court.system, court.level) == (system, level)).count()
}

#[test]
fn every_federal_court_is_there() {
    assert_eq!(count(CourtSystem::Federal, CourtLevel::District), 94);
    assert_eq!(count(CourtSystem::Federal, CourtLevel::Appeals), 13);
    assert_eq!(count(CourtSystem::Federal, CourtLevel::Supreme), 1);
}

#[test]
fn new_mexico_has_thirteen_judicial_districts_and_a_docket_prefix_for_each_of_its_33_counties() {
    assert_eq!(count(CourtSystem::State, CourtLevel::District), 13);
    let courts = shipped_courts();
    let districts =
        courts.courts().filter(|court| (court.system, court.level) == (CourtSystem::State, CourtLevel::District));
    let prefixes: std::collections::BTreeSet<_> = districts.flat_map(|court| court.docket_prefixes.clone()).collect();
    assert_eq!(prefixes.len(), 33);
    assert_eq!(courts.find("Third Judicial District Court").unwrap().docket_prefixes, ["D-307"]);
    assert_eq!(count(CourtSystem::State, CourtLevel::Supreme), 1);
    assert_eq!(count(CourtSystem::State, CourtLevel::Appeals), 1);
}

#[test]
fn a_court_is_found_in_spite_of_case_accents_punctuation_and_short_forms() {
    for name in [
        "United States District Court for the District of New Mexico",
        "UNITED STATES DISTRICT COURT, DISTRICT OF NEW MEXICO",
        "U.S. District Court for the District of New Mexico",
        "U. S. Dist. Ct., D.N.M.",
        "USDC D.N.M.",
        "  d.n.m. ",
        "us-d-nm",
        "Ｕnited States District Court for the District of New Mexico",
    ] {
        assert_eq!(id_of(name).as_deref(), Some("us-d-nm"), "{name}");
    }
    for name in [
        "Third Judicial District Court",
        "3rd Judicial District Court",
        "State of New Mexico, County of Doña Ana, Third Judicial District Court",
        "STATE OF NEW MEXICO\nCOUNTY OF DONA ANA\nTHIRD JUDICIAL DISTRICT COURT",
        "Dona Ana County District Court",
    ] {
        assert_eq!(id_of(name).as_deref(), Some("nm-d3"), "{name}");
    }
    assert_eq!(id_of("Doña Ana County Magistrate Court").as_deref(), Some("nm-magistrate-dona-ana"));
    assert_eq!(id_of("Las Cruces Municipal Court").as_deref(), Some("nm-municipal-las-cruces"));
    assert_eq!(id_of("Tenth Circuit Court of Appeals").as_deref(), Some("us-ca10"));
}

#[test]
fn what_is_not_quite_a_court_of_the_registry_is_none() {
    for name in [
        "",
        "Court",
        "District Court",
        "United States District Court",
        "United States District Court for the District of Old Mexico",
        "Third Judicial District Court, Salt Lake County, State of Utah",
        "Western District of New Mexico",
        "El Paso Immigration Court",
        "United States Immigration Court for the District of New Mexico",
    ] {
        assert_eq!(id_of(name), None, "{name}");
    }
}

const TWO: &str = "[[court]]\nid = \"a\"\nname = \"Court of Aville\"\nsystem = \"state\"\nlevel = \"district\"\n\
    [[court]]\nid = \"b\"\nname = \"Court of Beville\"\nvariants = [\"Beville Court\"]\nsystem = \"state\"\nlevel = \"district\"\n";

/// One fault, on the line given.
fn assert_refused(from: &str, to: &str, line: usize, expected: &str) {
    assert!(TWO.contains(from), "{from}");
    let faults = CourtRegistry::parse(&TWO.replacen(from, to, 1)).expect_err(expected);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!((faults[0].line, faults[0].message.contains(expected)), (Some(line), true), "{:?}", faults[0]);
}

#[test]
fn the_file_is_read_strictly_and_each_fault_says_where() {
    assert!(CourtRegistry::parse(TWO).is_ok());
    assert_refused("id = \"b\"", "id = \"a\"", 7, "the court `a` is there twice");
    assert_refused("Court of Beville", "COURT of the Aville", 8, "already names the court `a`");
    assert_refused("[\"Beville Court\"]", "[\"Court, Aville\"]", 9, "already names the court `a`");
    assert_refused("level = \"district\"\n[", "level = \"distrikt\"\n[", 5, "unknown court level `distrikt`");
    assert_refused(
        "system = \"state\"\nlevel = \"district\"\n[",
        "system = \"moon\"\nlevel = \"district\"\n[",
        4,
        "system",
    );
    assert_refused("variants", "varients", 9, "unknown key `varients`");
    assert_refused("id = \"a\"", "id = \"Not a slug\"", 2, "court id");
    assert_refused(
        "level = \"district\"\n[",
        "level = \"district\"\ndocket_prefixes = [\"D307\"]\n[",
        6,
        "docket prefix",
    );
    assert_refused("Court of Aville", "Immigration Court", 3, "immigration authority");
    assert_refused("Court of Aville", "The State", 3, "no word that tells a court");
    assert_refused("name = \"Court of Aville\"\n", "", 1, "`name` is missing");
}

#[test]
fn counsel_may_add_courts_and_not_rename_one() {
    let added = "[[court]]\nid = \"c\"\nname = \"Court of Ceville\"\nsystem = \"state\"\nlevel = \"municipal\"\n";
    let two = CourtRegistry::parse(TWO).unwrap();
    let three = two.clone().extended_by(added).unwrap();
    assert_eq!(three.courts().map(|court| court.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(three.find("Ceville Court").is_none() && three.find("court of ceville").is_some());
    for (from, to, line, expected) in [
        ("Court of Ceville", "Beville Court", 3, "already names the court `b`"),
        ("\"c\"", "\"a\"", 2, "the court `a` is there twice"),
    ] {
        let faults = two.clone().extended_by(&added.replacen(from, to, 1)).expect_err(expected);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].line, faults[0].message.contains(expected)), (Some(line), true), "{faults:?}");
    }
}

#[test]
fn the_names_of_immigration_authorities_are_found_in_both_languages() {
    for (text, authority) in [
        ("U.S. Department of Homeland Security", "DHS"),
        ("D.H.S.", "DHS"),
        ("Departamento de Seguridad Nacional", "DHS"),
        ("I C E", "ICE"),
        ("usice", "ICE"),
        ("U.S. Immigration and Customs Enforcement", "ICE"),
        ("IMMIGRATION & CUSTOMS ENFORCEMENT", "ICE"),
        ("I M M I G R A T I O N   C O U R T", "Immigration Court"),
        ("Servicio de Inmigración y Control de Aduanas", "ICE"),
        ("CBP El Paso Sector", "CBP"),
        ("Patrulla Fronteriza", "CBP"),
        ("USCIS", "USCIS"),
        ("Executive Office for Immigration Review", "EOIR"),
        ("e.o.i.r.", "EOIR"),
        ("Immi\u{200B}gration Judge", "Immigration Judge"),
        ("Jueza de Inmigración", "Immigration Judge"),
        ("Corte de Inmigracion", "Immigration Court"),
        ("Board of Immigration Appeals", "Board of Immigration Appeals"),
        ("Deportation Officer", "Immigration Officer"),
    ] {
        assert_eq!(names_immigration_authority(text), Some(authority), "{text}");
    }
}

#[test]
fn courts_and_ordinary_words_are_no_immigration_authority() {
    for court in shipped_courts().courts() {
        assert_eq!(names_immigration_authority(&court.name), None, "{}", court.name);
    }
    for text in
        ["United States Magistrate Judge", "Office of the Clerk", "Justice of the Peace", "Court of Justice", "ices"]
    {
        assert_eq!(names_immigration_authority(text), None, "{text}");
    }
}

#[test]
fn form_numbers_of_homeland_security_are_found_however_they_are_written() {
    for (text, form) in [
        ("I-200", "I-200"),
        ("i200", "I-200"),
        ("Form I 200 (Rev. 09/16)", "I-200"),
        ("DHS Form I\u{2011}205", "I-205"),
        ("FORM I - 203", "I-203"),
        ("(I-247A)", "I-247A"),
        ("i-247d", "I-247D"),
        ("I-247", "I-247"),
        ("I-286.", "I-286"),
        ("formulario I-138", "I-138"),
        ("I-860/I-862", "I-860"),
        ("see I-862", "I-862"),
        ("Ｉ-２００", "I-200"),
    ] {
        assert_eq!(dhs_form_number(text).as_deref(), Some(form), "{text}");
    }
}

#[test]
fn highways_years_and_dockets_are_no_forms() {
    for text in
        ["I-25", "I-10", "I-2005", "XI-200", "I-200th", "I-247AB", "I-247é", "D-307-CR-2025-00200", "2:25-mj-00205", ""]
    {
        assert_eq!(dhs_form_number(text), None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,80}|[iI0-9 .\\-a-z]{0,40}") {
        let _ = (CourtRegistry::parse(&text), names_immigration_authority(&text), dhs_form_number(&text));
        let name = text + " immigration";
        prop_assert!(shipped_courts().find(&name).is_none());
    }
}
