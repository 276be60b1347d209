//! The catalogues of the fictional city: they are read, they know their look-alikes, and they show every class.

use std::collections::BTreeSet;

use zaguan::domain::field::{Catalog, FieldClass, StoreCatalog};

use super::scene::field;

const FILES: [&str; 3] = [
    include_str!("../../../config/catalog/utility-billing.toml"),
    include_str!("../../../config/catalog/library.toml"),
    include_str!("../../../config/catalog/municipal-court.toml"),
];

fn catalogs() -> Catalog {
    let read = |text: &str| StoreCatalog::parse(text).unwrap_or_else(|errors| panic!("{errors:?}"));
    Catalog::new(FILES.map(read)).unwrap()
}

fn class(store: &str, name: &str) -> &'static str {
    catalogs().find(&store.parse().unwrap()).unwrap().classify(&field(name)).as_str()
}

#[test]
fn every_class_appears_somewhere() {
    let catalogs = catalogs();
    let shown: BTreeSet<_> =
        catalogs.stores().flat_map(|store| store.fields().iter().map(|field| store.class_of(field))).collect();
    assert_eq!(shown, FieldClass::ALL.into());
}

#[test]
fn the_fields_of_the_contract_have_the_classes_of_the_contract() {
    assert_eq!(class("utility-billing", "account_no"), "unprotected");
    assert_eq!(class("utility-billing", "service_address"), "home_address");
    assert_eq!(class("utility-billing", "employer_name"), "employment");
}

#[test]
fn look_alikes_are_told_apart() {
    assert_eq!(class("utility-billing", "last_login_ip_address"), "unprotected");
    assert_eq!(class("utility-billing", "premise.building_address"), "unprotected");
    assert_eq!(class("utility-billing", "premise.unit_no"), "home_address");
    assert_eq!(class("library", "homework_help_signup"), "unprotected");
    assert_eq!(class("library", "home_branch"), "unprotected");
    assert_eq!(class("municipal-court", "court_building_address"), "unprotected");
}

#[test]
fn spanish_and_abbreviated_names_are_known() {
    assert_eq!(class("utility-billing", "Dirección_Servicio"), "home_address");
    assert_eq!(class("utility-billing", "empleador"), "employment");
    assert_eq!(class("library", "patron.dom"), "home_address");
    assert_eq!(class("library", "patron.household[2].name"), "home_address");
    assert_eq!(class("municipal-court", "party.lugar_nac"), "immigration_status");
    assert_eq!(class("municipal-court", "vehicle.alpr_hits.0.lat"), "vehicle_location");
}

#[test]
fn the_more_specific_row_answers() {
    assert_eq!(class("library", "programs.citizenship_class"), "immigration_status");
    assert_eq!(class("library", "programs.story_time"), "unprotected");
    assert_eq!(class("municipal-court", "victim.name"), "crime_victim");
    assert_eq!(class("municipal-court", "victim.address.street"), "home_address");
    assert_eq!(class("utility-billing", "mailing_address.state"), "unprotected");
    assert_eq!(class("utility-billing", "mailing_address.zip"), "home_address");
}

#[test]
fn each_file_survives_its_own_export() {
    for store in catalogs().stores() {
        assert_eq!(StoreCatalog::parse(&store.to_toml()).as_ref(), Ok(store));
    }
}
