//! The file that we ship says what the program does by itself.

use std::fs;

use zaguan::config::{Place, Settings};

use super::{Given, default_file, values};

#[test]
fn the_shipped_file_holds_exactly_the_defaults() {
    let shipped = Settings::load(Some(&default_file()), std::iter::empty()).unwrap();
    assert_eq!(values(&shipped), values(&Given::nothing().load()));
}

#[test]
fn the_shipped_file_holds_every_key() {
    let shipped = Settings::load(Some(&default_file()), std::iter::empty()).unwrap();
    let missing: Vec<_> =
        shipped.describe().lines().filter(|line| line.contains("# default")).map(str::to_owned).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_shipped_file_is_in_the_order_of_the_listing() {
    let text = fs::read_to_string(default_file()).unwrap();
    let key = |line: &str| line.split(" = ").next().unwrap_or_default().to_owned();
    let shipped: Vec<_> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(key).collect();
    let listed: Vec<_> = values(&Given::nothing().load()).lines().filter(|line| !line.is_empty()).map(key).collect();
    assert_eq!(shipped, listed);
}

#[test]
fn the_shipped_file_explains_every_key() {
    let text = fs::read_to_string(default_file()).unwrap();
    let lines: Vec<_> = text.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[1].contains(" = ") && !pair[1].starts_with('#')) {
        assert!(pair[0].starts_with("# "), "no comment above {}", pair[1]);
    }
}

#[test]
fn the_defaults_are_what_the_handbook_says() {
    assert_eq!(values(&Given::nothing().load()), DEFAULTS);
}

#[test]
fn a_place_can_be_asked_for() {
    let settings = Given::file("\n[limits]\nfields = 3").load();
    assert!(matches!(settings.place_of("limits", "fields"), Some(Place::File { line: 3, .. })));
    assert_eq!(settings.place_of("limits", "batch"), Some(&Place::Default));
    assert_eq!(settings.place_of("limits", "nothing"), None);
}

const DEFAULTS: &str = r#"[server]
listen = "127.0.0.1:8080"
workers = 0
public_url = "http://127.0.0.1:8080"
body_limit_bytes = 1048576
batch_body_limit_bytes = 8388608
client_timeout_s = 10
body_timeout_s = 30
keep_alive_s = 75
shutdown_timeout_s = 30
trust_forwarded = false

[database]
url = "(not set)"
url_file = ""
owner_url = "(not set)"
owner_url_file = ""
application_role = ""
replica_url = "(not set)"
replica_url_file = ""
replica_lag_entries = 10000
readers = 4
busy_timeout_ms = 5000
statement_timeout_ms = 10000

[data]
dir = "data"

[audit]
origin = "records.las-cruces.example/zaguan"
publish_interval_s = 60
anchor_interval_ms = 1000
strict = false
queue_capacity = 8192
max_batch = 1024
witnesses = ""
witness_timeout_s = 10

[keys]
master = "(not set)"
master_file = ""
log_file = ""

[policy]
file = ""

[oauth]
token_lifetime_s = 600
argon2_memory_kib = 19456
argon2_iterations = 2
argon2_parallelism = 1
attempts_per_minute = 30

[staff]
session_idle_minutes = 30
session_lifetime_hours = 12
link_lifetime_hours = 72
failures_before_wait = 5
first_wait_s = 30
longest_wait_s = 900
certification_days = 90
certification_grace_days = 14

[legal_bases]
courts_file = ""
emergency_lifetime_hours = 24
emergency_review_hours = 72
demand_call_back_details = false
verified_again_after_hours = 720

[documents]
max_bytes = 20971520

[retention]
decision_residents_days = 1095
basis_residents_days = 1825
basis_papers_days = 1825
documents_days = 1825
confidential_ended_days = 365
sessions_days = 90
one_time_links_days = 90
basis_drafts_days = 30

[limits]
fields = 200
legal_bases = 20
batch = 1000
decisions_per_client_s = 0
text_chars = 1000
searched_entries = 200000

[log]
level = "info"
format = "json"
"#;
