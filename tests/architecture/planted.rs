//! Planted faults, to see that each check can fail.

use super::rules::{
    begins_with_its_purpose, is_pure_where_it_must_be, leaves_nothing_for_later, names_no_reserved_crate,
    names_only_lower_floors, prints_no_resident,
};
use super::source::{Source, code_of};

#[test]
fn the_reader_finds_every_way_to_name_a_path() {
    let text = "
        use crate::{app::{self, audit}, http as web, tlog::*};
        use super::super::super::ledger::Job;
        pub(in crate::api) fn f(x: &crate::clock::System) -> ::std::fs::File { zaguan::cli::run::<u8>() }
        mod tests { use super::Own; mod deeper { use super::super::Own; } }
        use self::beside::It;
        macro_rules! m { () => { $crate::storage::Store } }
    ";
    let source = Source::new("src/api/decisions/ask.rs", text);
    let found: Vec<String> = source.mentions().iter().map(|mention| mention.path.join("::")).collect();
    for path in [
        "crate::app::self",
        "crate::app::audit",
        "crate::http",
        "crate::tlog",
        "crate::ledger::Job",
        "crate::api",
        "crate::clock::System",
        "std::fs::File",
        "crate::cli::run",
        "crate::api::decisions::ask::beside::It",
        "crate::storage::Store",
    ] {
        assert!(found.iter().any(|named| named == path), "{path} in {found:?}");
    }
    assert_eq!(found.iter().filter(|named| *named == "crate::api::decisions::ask::Own").count(), 2, "{found:?}");
}

#[test]
fn comments_and_literals_are_no_code() {
    let text = "// crate::a\n/* crate::b /* crate::c */ */ \"crate::d \\\" crate::e\" r#\"crate::f \" \"# '\"' b'\\'' crate::g<'x>";
    assert_eq!(code_of(text).split_whitespace().collect::<Vec<_>>(), ["b", "crate::g<'x>"]);
    assert_eq!(code_of("/// a\nb").lines().count(), 2);
}

#[test]
fn a_planted_breach_of_the_floors_is_found() {
    for (file, text) in [
        ("src/domain/x.rs", "use crate::storage::Store;"),
        ("src/tlog/x.rs", "fn f() -> crate::domain::ClientId { g() }"),
        ("src/ledger/x.rs", "use crate::{domain::X, app::App};"),
        ("src/storage/audit/x.rs", "use super::super::super::keys::Sealer;"),
        ("src/http/x.rs", "use crate::telemetry::init_log;"),
        ("src/telemetry.rs", "use crate::app::App;"),
        ("src/api/x.rs", "use crate::cli;"),
        ("src/attic/x.rs", ""),
        ("src/cli/x.rs", "use crate::main::run;"),
    ] {
        assert_eq!(names_only_lower_floors(&Source::new(file, text)).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("src/main.rs", "fn main() { zaguan::cli::main() }"),
        ("src/api/x.rs", "use crate::{app::App, http, api::y, domain::z}; // crate::cli"),
        ("src/telemetry.rs", "use crate::config::Log;"),
    ] {
        assert_eq!(names_only_lower_floors(&Source::new(file, text)), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn a_planted_reserved_crate_is_found() {
    for (file, text) in [
        ("src/app/x.rs", "use diesel::prelude::*;"),
        ("src/ledger/x.rs", "#[derive(diesel::Queryable)] struct X;"),
        ("src/cli/x.rs", "fn f() { actix_web::rt::System::new() }"),
        ("src/app/x.rs", "use {serde::Serialize, actix_web as web};"),
        ("src/storage/x.rs", "use actix_rt::spawn;"),
        ("src/app/x.rs", "fn f() { ureq::post(x) }"),
    ] {
        assert_eq!(names_no_reserved_crate(&Source::new(file, text)).len(), 1, "{file}: {text}");
    }
    assert!(names_no_reserved_crate(&Source::new("src/storage/x.rs", "use diesel::prelude::*;")).is_empty());
    assert!(names_no_reserved_crate(&Source::new("src/hub/x.rs", "use actix_web::web;")).is_empty());
}

#[test]
fn a_planted_impurity_is_found() {
    for text in [
        "fn f() { chrono::Utc::now() }",
        "use std::time::{Duration, Instant};",
        "use std::{fs, fmt};",
        "use std::time::SystemTime;",
        "fn f() { getrandom::fill(x) }",
        "use rand::Rng;",
        "fn f() { std::thread::spawn(g) }",
        "fn f() { ::std::env::var(x) }",
        "async fn f() {}",
    ] {
        assert_eq!(is_pure_where_it_must_be(&Source::new("src/domain/x.rs", text)).len(), 1, "{text}");
        assert!(is_pure_where_it_must_be(&Source::new("src/cli/x.rs", text)).is_empty(), "{text}");
    }
    assert!(
        is_pure_where_it_must_be(&Source::new("src/tlog/x.rs", "use std::{fmt, collections::BTreeMap};")).is_empty()
    );
}

#[test]
fn a_planted_talkative_resident_is_found() {
    for text in [
        "#[derive(Clone, Debug)]\npub struct ResidentId(String);",
        "#[derive(serde::Serialize)]\n#[serde(transparent)]\npub struct ResidentId(String);",
        "pub struct ResidentId(String);\nimpl fmt::Debug for ResidentId {\n f.write_str(&self.0)\n}",
        "impl fmt::Display for ResidentId {}",
    ] {
        assert_eq!(prints_no_resident(&Source::new("src/domain/x.rs", text)).len(), 1, "{text}");
    }
    for text in [
        "#[derive(Debug)] struct Other; #[derive(Clone)] pub struct ResidentId(String);",
        "#[derive(Debug)] pub struct ResidentIdError;",
        "impl fmt::Debug for ResidentId {\n f.write_str(\"ResidentId(hidden)\")\n}",
    ] {
        assert_eq!(prints_no_resident(&Source::new("src/domain/x.rs", text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_planted_word_for_later_is_found() {
    for text in [
        concat!("// TO", "DO: later"),
        concat!("fn f() { to", "do!() }"),
        concat!("#[ig", "nore = \"slow\"] fn f() {}"),
        concat!("let x = db", "g!(y);"),
    ] {
        assert_eq!(leaves_nothing_for_later(&Source::new("src/x.rs", text)).len(), 1, "{text}");
    }
    assert!(leaves_nothing_for_later(&Source::new("src/x.rs", concat!("let s = \"to", "do!\";"))).is_empty());
    assert_eq!(begins_with_its_purpose(&Source::new("src/x.rs", "use std::fmt;\n//! Late.")).len(), 1);
}
