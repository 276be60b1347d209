//! Secrets: from a file, from the environment, and never on a screen.

use super::Given;

const MARKER: &str = "hunter2MARKER";

fn address() -> String {
    format!("postgres://zaguan:{MARKER}@db.example/zaguan")
}

#[test]
fn no_secret_is_ever_shown() {
    let given = Given::nothing()
        .env("ZAGUAN__DATABASE__URL", address())
        .env("ZAGUAN__DATABASE__OWNER_URL", address())
        .env("ZAGUAN__KEYS__MASTER", MARKER);
    let settings = given.load();
    let target = settings.database.target(&settings.data.dir);
    for shown in [settings.describe(), format!("{settings:?}"), format!("{settings:#?}"), format!("{target:?}")] {
        assert!(!shown.contains(MARKER), "{shown}");
    }
    assert!(settings.describe().contains("url = \"(set)\" # environment ZAGUAN__DATABASE__URL\n"));
    assert!(settings.describe().contains("master = \"(set)\" # environment ZAGUAN__KEYS__MASTER\n"));
}

#[test]
fn no_error_shows_a_secret() {
    let wrong = |name: &str, value: String| Given::nothing().env(name, value).error();
    for error in [
        wrong("ZAGUAN__DATABASE__URL", format!("mysql://{MARKER}")),
        wrong("ZAGUAN__DATABASE__ULR", address()),
        wrong("ZAGUAN__DATABASE", address()),
        Given::file(&format!("[database]\nulr = \"{}\"", address())).error(),
        Given::file(&format!("[database]\nurl = \"{}\nx", address())).error(),
        Given::file(&format!("[keys]\nmaster = \"{MARKER}\"")).error(),
        Given::file(&format!("database = \"{}\"", address())).error(),
    ] {
        assert!(!error.contains(MARKER), "{error}");
    }
}

#[test]
fn a_secret_is_read_from_its_file_without_the_last_newline() {
    for (text, mode) in [("{}\n", 0o600), ("{}", 0o640), ("{}\r\n", 0o400)] {
        let given = Given::nothing();
        let path = given.write("url", &text.replace("{}", &address()), mode);
        let settings = given.env("ZAGUAN__DATABASE__URL_FILE", path.display().to_string()).load();
        assert_eq!(settings.database.url.expose(), address());
        let listed = "url = \"(set)\" # environment ZAGUAN__DATABASE__URL_FILE; read from url_file\n";
        assert!(settings.describe().contains(listed), "{}", settings.describe());
    }
}

#[test]
fn a_file_that_everybody_can_use_is_refused() {
    for mode in [0o604, 0o602, 0o644, 0o666] {
        let given = Given::nothing();
        let path = given.write("url", &address(), mode);
        let error = given.env("ZAGUAN__DATABASE__URL_FILE", path.display().to_string()).error();
        assert_eq!(
            error,
            format!(
                "environment variable `ZAGUAN__DATABASE__URL_FILE`: `database.url_file`: the file `url` can be used by everybody \
                 (mode {mode:04o}); expected at most 0640"
            )
        );
    }
}

#[test]
fn a_secrets_file_must_be_there_and_be_a_file() {
    let error = Given::file("[database]\nurl_file = \"/nonexistent/url\"").error();
    assert_eq!(
        error,
        "zaguan.toml:2: `database.url_file`: cannot read the file `/nonexistent/url`; expected a readable text file of at \
         most 64 KiB: No such file or directory (os error 2)"
    );
    let error = Given::nothing().env("ZAGUAN__DATABASE__URL_FILE", "/").error();
    assert!(error.ends_with("not a regular file"), "{error}");
}

#[test]
fn a_secrets_file_is_bounded() {
    let given = Given::nothing();
    let path = given.write("url", &"x".repeat(64 * 1024 + 1), 0o600);
    let error = given.env("ZAGUAN__DATABASE__URL_FILE", path.display().to_string()).error();
    assert!(error.ends_with("larger than 64 KiB"), "{error}");
}

#[test]
fn a_secret_is_given_in_one_way_only() {
    let given = Given::file(&format!("[database]\nurl_file = \"x\"\nurl = \"{}\"", address()));
    assert_eq!(
        given.error(),
        "zaguan.toml:3: `database.url` and `database.url_file` are both set; expected only one of them"
    );
    let given = Given::nothing().env("ZAGUAN__KEYS__MASTER", "x").env("ZAGUAN__KEYS__MASTER_FILE", "y");
    assert!(given.error().contains("`keys.master` and `keys.master_file` are both set"), "{}", given.error());
}

#[test]
fn a_secret_of_the_environment_goes_over_a_secrets_file_named_in_the_file() {
    let given = Given::file("[database]\nurl_file = \"/nonexistent/url\"").env("ZAGUAN__DATABASE__URL", address());
    assert_eq!(given.load().database.url.expose(), address());
    let emptied = Given::file("[database]\nurl_file = \"/nonexistent/url\"").env("ZAGUAN__DATABASE__URL", "");
    assert!(!emptied.load().database.url.is_set());
    let given = Given::file(&format!("[database]\nurl = \"{}\"", address()));
    let path = given.write("url", "postgres://other/z", 0o600);
    let given = given.env("ZAGUAN__DATABASE__URL_FILE", path.display().to_string());
    assert_eq!(given.load().database.url.expose(), "postgres://other/z");
}

#[test]
fn the_master_key_of_the_environment_goes_over_a_file_named_in_the_file() {
    let given = Given::file("[keys]\nmaster_file = \"ring\"").env("ZAGUAN__KEYS__MASTER", MARKER);
    assert_eq!(given.load().keys.master.expose(), MARKER);
}
