//! A city with one client, its database, and the count that is made when a fault is over.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::load::Seen;
use crate::support::TestDatabase;

/// Where the rows of this run are gathered, beside being printed.
const TABLE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/faults.md");

const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config/catalog/utility-billing.toml");

/// A city's database, with a catalogue and the client `billing`.
pub struct City {
    pub database: TestDatabase,
    pub secret: String,
}

/// How the service came back.
#[derive(Clone, Copy)]
pub enum Recovery {
    ByItself,
    /// Its process had ended.
    Restarted,
    /// It never stopped answering.
    NotNeeded,
}

impl City {
    pub fn found(database: TestDatabase) -> Self {
        let mut city = Self { database, secret: String::new() };
        city.run(&["migrate"]);
        city.run(&["catalog", "import", CATALOG]);
        let client = ["client", "add", "billing", "--name", "Utility billing", "--store", "utility-billing"];
        city.secret = city.run(&[&client[..], &["--requester-kind", "federal_immigration"]].concat()).trim().to_owned();
        city
    }

    /// The program, with nothing from the environment but this city's settings.
    pub fn command(&self) -> Command {
        let dir = self.database.dir.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_zaguan"));
        command.env_clear().current_dir(dir).env("ZAGUAN__DATA__DIR", dir);
        command.env("ZAGUAN__DATABASE__URL", self.database.url()).env("ZAGUAN__OAUTH__ARGON2_MEMORY_KIB", "7168");
        command
    }

    /// Runs the program to its end, which must be a good one.
    pub fn run(&self, words: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command().args(words).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success(), "{words:?}: {out}{err}");
        out.into_owned()
    }

    /// The decisions in the log: id and outcome.
    fn stored(&self) -> BTreeMap<String, String> {
        let sql = "SELECT id || ' ' || outcome AS value FROM audit_entry WHERE kind = 'decision'";
        let pair = |text: String| text.split_once(' ').map(|(id, outcome)| (id.to_owned(), outcome.to_owned()));
        self.database.texts(sql).into_iter().filter_map(pair).collect()
    }

    /// The count: whatever was answered stands in the log as it was answered, and the log is sound.
    pub fn account(&self, fault: &str, seen: &Seen, recovery: Recovery) {
        self.run(&["audit", "verify"]);
        let stored = self.stored();
        let lost = seen.answered.iter().filter(|(id, outcome)| stored.get(id) != Some(outcome)).count();
        let (answered, refused, unheard) = (seen.answered.len(), seen.refused, seen.unheard);
        let row = format!(
            "| {fault} | {} | {} | {answered} | {refused} | {unheard} | {} | {lost} | {} |",
            self.database.kind(),
            answered + refused + unheard,
            stored.len(),
            match recovery {
                Recovery::ByItself => "yes",
                Recovery::Restarted => "restarted",
                Recovery::NotNeeded => "never stopped",
            },
        );
        println!("{row}");
        let mut table = std::fs::OpenOptions::new().create(true).append(true).open(TABLE).unwrap();
        writeln!(table, "{row}").unwrap();
        assert_eq!(lost, 0, "answered, and not in the log: {row}");
        assert_eq!(seen.odd, Vec::<String>::new(), "neither an answer nor a 503 with its reason");
        assert!(answered > 0, "nothing was answered at all");
    }

    /// The database file, of SQLite.
    pub fn file(&self) -> std::path::PathBuf {
        self.database.dir.path().join("zaguan.db")
    }

    pub fn path(&self) -> &Path {
        self.database.dir.path()
    }
}
