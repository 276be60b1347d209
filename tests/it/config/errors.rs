//! Every refusal, word by word: the key, the place and what was expected.

use super::Given;

#[test]
fn a_settings_file_that_was_named_must_be_readable() {
    let mut given = Given::nothing();
    given.file = Some(given.dir.path().join("absent.toml"));
    assert_eq!(given.error(), "cannot read the settings file `absent.toml`: No such file or directory (os error 2)");
}

#[test]
fn text_that_is_not_toml_is_refused_with_its_line() {
    assert_eq!(
        Given::file("[server]\nworkers = 1\nworkers = 2").error(),
        "zaguan.toml:3: not valid TOML: duplicate key"
    );
    assert!(Given::file("[server]\n\nlisten = 'x").error().starts_with("zaguan.toml:3: not valid TOML: "));
}

#[test]
fn unknown_names_are_refused() {
    let known = "fields, legal_bases, batch, decisions_per_client_s, text_chars, searched_entries";
    let sections =
        "audit, data, database, documents, keys, legal_bases, limits, log, oauth, policy, retention, server, staff";
    for (text, expected) in [
        (
            "[limits]\nfields = 1\nfeilds = 2",
            format!("zaguan.toml:3: unknown key `limits.feilds`; expected one of {known}"),
        ),
        (
            "[limits.fields]\nx = 1",
            "zaguan.toml:1: `limits.fields`: expected a whole number from 1 to 1000, found a section".into(),
        ),
        ("[limits.inner]", format!("zaguan.toml:1: unknown key `limits.inner`; expected one of {known}")),
        ("[Limits]\nx = 1", format!("zaguan.toml:2: unknown section `Limits`; expected one of {sections}")),
        ("[empty]", format!("zaguan.toml:1: unknown section `empty`; expected one of {sections}")),
        ("fields = 2", format!("zaguan.toml:1: unknown section `fields`; expected one of {sections}")),
        ("\"\" = 2", format!("zaguan.toml:1: unknown section ``; expected one of {sections}")),
        ("[limits]\n\"\" = 2", format!("zaguan.toml:2: unknown key `limits.`; expected one of {known}")),
        ("[limits]\n\"\" = {}", format!("zaguan.toml:2: unknown key `limits.`; expected one of {known}")),
        (
            "[[limits]]\nfields = 2",
            "zaguan.toml:1: `limits`: expected a section `[limits]`, found something else".into(),
        ),
    ] {
        assert_eq!(Given::file(text).error(), expected, "{text}");
    }
    Given::file("[limits]\n[server]").load();
}

#[test]
fn unknown_variables_are_refused_by_name() {
    let form = "expected a name of the form `ZAGUAN__SECTION__KEY` in capitals";
    for (variable, expected) in [
        ("ZAGUAN__LOG__COLOUR", "unknown key `log.colour`; expected one of level, format"),
        ("ZAGUAN__LOG", form),
        ("ZAGUAN__LOG__", form),
        ("ZAGUAN____LEVEL", form),
        ("ZAGUAN__log__level", form),
        ("ZAGUAN__LOG__LEVEL__X", "unknown key `log.level__x`; expected one of level, format"),
    ] {
        let error = Given::nothing().env(variable, "info").error();
        assert_eq!(error, format!("environment variable `{variable}`: {expected}"));
    }
    let error = Given::nothing().env("ZAGUAN__LOGS__LEVEL", "info").error();
    assert!(error.starts_with("environment variable `ZAGUAN__LOGS__LEVEL`: unknown section `logs`"), "{error}");
}

#[test]
fn a_value_of_the_wrong_kind_is_refused() {
    for (text, expected) in [
        ("[server]\nworkers = \"4\"", "`server.workers`: expected a whole number from 0 to 512, found `4`"),
        ("[server]\nworkers = 1.5", "`server.workers`: expected a whole number from 0 to 512, found a fraction"),
        (
            "[server]\nworkers = 99999999999999999999",
            "`server.workers`: expected a whole number from 0 to 512, found a number beyond 64 bits",
        ),
        ("[server]\nworkers = [1]", "`server.workers`: expected a whole number from 0 to 512, found a list"),
        ("[server]\nworkers = 2026-11-22", "`server.workers`: expected a whole number from 0 to 512, found a date"),
        (
            "[server]\nlisten = 8080",
            "`server.listen`: expected an address and a port such as `127.0.0.1:8080`, found `8080`",
        ),
        ("[audit]\nstrict = \"yes\"", "`audit.strict`: expected `true` or `false`, found `yes`"),
        (
            "[database]\nurl = 5",
            "`database.url`: expected `sqlite:///` and a path, or `postgres://` and a host and a name, found something else (a secret is not shown)",
        ),
        ("[database]\nurl_file = true", "`database.url_file`: expected a path, or an empty text, found `true`"),
        (
            "[keys]\nmaster = \"x\"",
            "`keys.master`: expected an empty text here, and the secret in the environment or in a file of its own, found something else (a secret is not shown)",
        ),
    ] {
        assert_eq!(Given::file(text).error(), format!("zaguan.toml:2: {expected}"), "{text}");
    }
}

#[test]
fn a_wrong_value_of_the_environment_is_refused_on_one_line() {
    for (value, found) in [("four", "four"), ("", ""), ("-1", "-1"), ("+1", "+1"), ("513", "513"), ("1\n2", "1\\n2")] {
        let error = Given::nothing().env("ZAGUAN__SERVER__WORKERS", value).error();
        let expected = "`server.workers`: expected a whole number from 0 to 512";
        assert_eq!(error, format!("environment variable `ZAGUAN__SERVER__WORKERS`: {expected}, found `{found}`"));
    }
    let error = Given::nothing().env("ZAGUAN__LOG__LEVEL", "x".repeat(1000)).error();
    assert!(error.ends_with("x…`") && error.len() < 300, "{error}");
}

/// Least, most; one beyond either is refused. The bounds are retyped here, not taken from the code.
#[test]
fn numbers_have_bounds() {
    for (section, key, least, most) in [
        ("server", "workers", 0, 512),
        ("server", "body_limit_bytes", 1024, 268_435_456),
        ("server", "batch_body_limit_bytes", 1024, 268_435_456),
        ("server", "client_timeout_s", 1, 300),
        ("server", "body_timeout_s", 1, 600),
        ("database", "replica_lag_entries", 0, 1_000_000_000),
        ("server", "keep_alive_s", 0, 3600),
        ("server", "shutdown_timeout_s", 0, 600),
        ("database", "readers", 1, 64),
        ("database", "busy_timeout_ms", 1, 600_000),
        ("database", "statement_timeout_ms", 1, 600_000),
        ("audit", "publish_interval_s", 1, 86_400),
        ("audit", "anchor_interval_ms", 100, 60_000),
        ("audit", "queue_capacity", 1, 1_000_000),
        ("audit", "max_batch", 1, 65_536),
        ("audit", "witness_timeout_s", 1, 120),
        ("oauth", "token_lifetime_s", 60, 3600),
        ("oauth", "argon2_memory_kib", 7168, 1_048_576),
        ("oauth", "argon2_iterations", 1, 16),
        ("oauth", "argon2_parallelism", 1, 16),
        ("oauth", "attempts_per_minute", 1, 10_000),
        ("limits", "fields", 1, 1000),
        ("limits", "legal_bases", 1, 100),
        ("limits", "batch", 1, 10_000),
        ("limits", "text_chars", 100, 100_000),
    ] {
        let expected = format!("expected a whole number from {least} to {most}, found");
        for wrong in [least - 1, most + 1, i64::MAX, i64::MIN] {
            let error = Given::file(&format!("[{section}]\n{key} = {wrong}")).error();
            assert_eq!(error, format!("zaguan.toml:2: `{section}.{key}`: {expected} `{wrong}`"));
        }
        for right in [least, most] {
            let error =
                Given::file(&format!("[{section}]\n{key} = {right}")).try_load().err().map(|error| error.to_string());
            let is_fine = error.as_ref().is_none_or(|error| error.contains("at least `server.body_limit_bytes`"));
            assert!(is_fine, "{error:?}");
        }
    }
}

#[test]
fn texts_have_a_form() {
    for (variable, wrong, right) in [
        ("SERVER__LISTEN", vec!["", "localhost:80", "127.0.0.1", "127.0.0.1:65536"], vec!["0.0.0.0:0"]),
        (
            "SERVER__PUBLIC_URL",
            vec![
                "",
                "x",
                "https://",
                "https://a/",
                "https://a/b",
                "https://u:p@a",
                "ftp://a",
                "https://a b",
                "https://:80",
            ],
            vec!["https://a.example", "http://[::1]:8080"],
        ),
        ("DATABASE__APPLICATION_ROLE", vec!["1a", "A", "a b", "a;b", "a\"b", "é"], vec!["", "zaguan_app", "_a1"]),
        (
            "DATABASE__URL",
            vec![
                "x",
                "sqlite:",
                "sqlite://a",
                "sqlite:///",
                "sqlite:///a/",
                "sqlite:///a?b",
                "postgres://",
                "postgres://h",
                "postgres://h/",
                "postgres://h/a b",
                "mysql://h/a",
            ],
            vec!["sqlite:///a b", "postgres://h/z", "postgresql://h/z?sslmode=require"],
        ),
        ("DATA__DIR", vec!["", "a\nb"], vec!["/srv", "a b"]),
        (
            "AUDIT__ORIGIN",
            vec!["", "https://a/b", "a//b", "a/", "/a", "a b", "a+b", "ä"],
            vec!["a.example", "records.example.org/zaguan", "localhost:8080/x"],
        ),
        ("POLICY__FILE", vec!["a\0b"], vec!["", "policy.toml"]),
        ("KEYS__LOG_FILE", vec!["a\tb"], vec!["", "log.key"]),
        ("LOG__LEVEL", vec!["", "INFO", "warning"], vec!["error", "warn", "info", "debug", "trace"]),
        ("LOG__FORMAT", vec!["", "JSON"], vec!["json", "text"]),
    ] {
        let load = |value: &str| Given::nothing().env(&format!("ZAGUAN__{variable}"), value).try_load();
        for value in wrong {
            assert!(load(value).is_err(), "{variable} took {value:?}");
        }
        for value in right {
            assert!(load(value).is_ok(), "{variable} refused {value:?}: {:?}", load(value).err());
        }
    }
}

#[test]
fn values_must_fit_together() {
    let given = Given::file("[server]\nbatch_body_limit_bytes = 2048");
    assert_eq!(
        given.error(),
        "zaguan.toml:2: `server.batch_body_limit_bytes`: expected at least `server.body_limit_bytes` (`1048576`), found `2048`"
    );
    let given = Given::nothing()
        .env("ZAGUAN__DATABASE__URL", "sqlite:///a")
        .env("ZAGUAN__DATABASE__OWNER_URL", "postgres://h/z");
    assert_eq!(
        given.error(),
        "environment variable `ZAGUAN__DATABASE__OWNER_URL`: `database.owner_url`: expected the same kind of database as \
         `database.url`, found another kind"
    );
}

#[test]
fn only_postgres_has_a_replica() {
    let replica = "ZAGUAN__DATABASE__REPLICA_URL";
    let place = "environment variable `ZAGUAN__DATABASE__REPLICA_URL`: `database.replica_url`: expected";
    let sqlite = "nothing, because only PostgreSQL has replicas and `database.url` is an SQLite file, found an address";
    for url in ["", "sqlite:///a"] {
        let given = Given::nothing().env("ZAGUAN__DATABASE__URL", url).env(replica, "postgres://h/z");
        assert_eq!(given.error(), format!("{place} {sqlite}"), "{url}");
    }
    let postgres = || Given::nothing().env("ZAGUAN__DATABASE__URL", "postgres://h/z");
    let error = postgres().env(replica, "sqlite:///a").error();
    assert!(error.starts_with(&format!("{place} `postgres://` and a host and a name, found ")), "{error}");
    postgres().env(replica, "postgres://other/z").load();
}
