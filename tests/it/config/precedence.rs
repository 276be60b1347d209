//! Environment over file over default.

use std::path::Path;
use std::time::Duration;

use zaguan::config::{DatabaseTarget, LogFormat, LogLevel};

use super::Given;

#[test]
fn the_environment_goes_over_the_file_and_the_file_over_the_default() {
    let given = Given::file("[server]\nworkers = 3\nclient_timeout_s = 7").env("ZAGUAN__SERVER__WORKERS", "5");
    let server = given.load().server;
    assert_eq!(server.workers, 5);
    assert_eq!(server.client_timeout, Duration::from_secs(7));
    assert_eq!(server.keep_alive, Duration::from_secs(75));
}

#[test]
fn every_kind_of_value_can_come_from_the_environment() {
    let given = Given::nothing()
        .env("ZAGUAN__SERVER__LISTEN", "[::1]:9000")
        .env("ZAGUAN__SERVER__TRUST_FORWARDED", "true")
        .env("ZAGUAN__DATA__DIR", "/srv/zaguan")
        .env("ZAGUAN__LOG__LEVEL", "debug")
        .env("ZAGUAN__LOG__FORMAT", "text");
    let settings = given.load();
    assert_eq!(settings.server.listen.to_string(), "[::1]:9000");
    assert!(settings.server.trust_forwarded);
    assert_eq!(settings.keys.master_file, Path::new("/srv/zaguan/keys/master.key"));
    assert_eq!((settings.log.level, settings.log.format), (LogLevel::Debug, LogFormat::Text));
}

#[test]
fn variables_of_others_are_left_alone() {
    Given::nothing().env("HOME", "/root").env("ZAGUAN_CONFIG", "x").env("zaguan__server__listen", "x").load();
}

#[test]
fn the_listing_names_the_source_of_each_value() {
    let given =
        Given::file("[server]\nworkers = 3\n\n[keys]\nlog_file = \"k # \\\"x\"").env("ZAGUAN__LOG__LEVEL", "warn");
    let listing = given.load().describe().replace(&format!("{}/", given.dir.path().display()), "");
    for line in [
        "workers = 3 # file zaguan.toml:2",
        "client_timeout_s = 10 # default",
        "level = \"warn\" # environment ZAGUAN__LOG__LEVEL",
        "master_file = \"\" # default; means data/keys/master.key",
        "log_file = 'k # \"x' # file zaguan.toml:5",
    ] {
        assert!(listing.lines().any(|listed| listed == line), "{line} is not in\n{listing}");
    }
}

#[test]
fn the_database_is_a_file_in_the_data_directory_unless_another_is_named() {
    let target = |url: &str| {
        let database = Given::nothing().env("ZAGUAN__DATABASE__URL", url).load().database;
        match database.target(Path::new("/srv")) {
            DatabaseTarget::Sqlite(path) => format!("sqlite {}", path.display()),
            DatabaseTarget::Postgres(url) => format!("postgres {}", url.expose()),
        }
    };
    assert_eq!(target(""), "sqlite /srv/zaguan.db");
    assert_eq!(target("sqlite:///var/lib/z.db"), "sqlite /var/lib/z.db");
    assert_eq!(target("postgres://u:p@h/z"), "postgres postgres://u:p@h/z");
}

#[test]
fn the_owner_has_an_address_of_his_own_or_the_common_one() {
    let given = Given::nothing().env("ZAGUAN__DATABASE__URL", "postgres://app@h/z");
    let owner = |given: &Given| match given.load().database.owner_target(Path::new("/srv")) {
        DatabaseTarget::Postgres(url) => url.expose().to_owned(),
        DatabaseTarget::Sqlite(_) => String::new(),
    };
    assert_eq!(owner(&given), "postgres://app@h/z");
    let given = given.env("ZAGUAN__DATABASE__OWNER_URL", "postgres://owner@h/z");
    assert_eq!(owner(&given), "postgres://owner@h/z");
}
