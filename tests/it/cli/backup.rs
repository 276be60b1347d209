//! Backup, restore and a new epoch, step by step as `docs/operations.md` has them.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use tempfile::TempDir;
use zaguan::tlog::{Checkpoint, Verifier};

use super::{err, out, zaguan};
use crate::support::TestDatabase;
use crate::support::database::{execute, server, with_database};
use crate::support::wait::within;

const REASON: &str = "Both disks of the server failed on the same night.";

/// An installation: its directory, and its database when that is a server's.
struct Site {
    dir: PathBuf,
    url: Option<String>,
}

impl Site {
    fn sqlite(dir: &TempDir) -> Self {
        Self { dir: dir.path().to_owned(), url: None }
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = zaguan(&self.dir);
        command.envs(self.url.iter().map(|url| ("ZAGUAN__DATABASE__URL", url)));
        command.env("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1").args(words).output().unwrap()
    }

    fn succeed(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}{}", out(&output), err(&output));
        out(&output)
    }

    /// Ends with this code; what it said.
    fn end(&self, code: i32, words: &[&str]) -> String {
        let output = self.run(words);
        let said = out(&output) + &err(&output);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {said}");
        said
    }

    /// Some entries more.
    fn grow(&self) {
        let catalog = "[store]\nid = \"parks\"\nname = \"Parks\"\ndepartment = \"Parks\"\ndescription = \"Permits.\"\n\n\
                       [[field]]\nname = \"permit_no\"\nclass = \"unprotected\"\n";
        fs::write(self.dir.join("parks.toml"), catalog).unwrap();
        for _ in 0..3 {
            self.succeed(&["catalog", "import", "parks.toml"]);
        }
    }

    /// Entries in the log.
    fn length(&self) -> u64 {
        self.succeed(&["audit", "verify"]).split(' ').next().unwrap().parse().unwrap()
    }

    fn key(&self) -> String {
        let shown = self.succeed(&["keys", "init"]);
        shown.lines().find_map(|line| line.strip_prefix("log key: ")).unwrap().to_owned()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn anchored(&self) -> String {
        fs::read_to_string(self.file("keys/anchor")).unwrap()
    }

    /// Gives the database another name, with whatever SQLite keeps beside it.
    fn rename(&self, from: &str, to: &str) {
        for suffix in ["", "-wal", "-shm"] {
            let (from, to) = (self.file(&format!("{from}{suffix}")), self.file(&format!("{to}{suffix}")));
            if from.exists() {
                fs::rename(from, to).unwrap();
            }
        }
    }

    /// Copies the public log once what is published is as it is wanted; each command publishes when it is time to.
    fn export(&self, copy: &str, is_wanted: impl Fn(&Checkpoint) -> bool) {
        within(Duration::from_secs(60), "the copy is published", || {
            self.grow();
            self.succeed(&["audit", "export", copy]);
            let note = fs::read_to_string(self.file(copy).join("checkpoint")).unwrap();
            let text = note.split_inclusive('\n').take(3).collect::<String>();
            is_wanted(&Checkpoint::parse(&text).unwrap())
        });
    }

    fn receipt(&self, file: &str, index: u64) {
        fs::write(self.file(file), self.succeed(&["audit", "prove", &index.to_string()])).unwrap();
    }
}

/// The same key under the name of the second epoch, as the log's newest receipt lets anybody see.
fn second(key: &str) -> String {
    let key = Verifier::parse(key).unwrap();
    key.named(&format!("{}/2", key.name())).unwrap().to_string()
}

fn unfinished(dir: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.extension() == Some(OsStr::new("unfinished"))).collect()
}

#[test]
fn a_backup_is_whole_private_and_has_the_checkpoint_of_its_own_head() {
    let dir = TempDir::new().unwrap();
    let site = Site::sqlite(&dir);
    site.grow();
    let said = site.succeed(&["backup", "copy.db"]);
    let note = fs::read(site.file("copy.db.checkpoint")).unwrap();
    let key = Verifier::parse(&site.key()).unwrap();
    let checkpoint = Checkpoint::open(&note, std::slice::from_ref(&key), key.name()).unwrap();
    let bytes = fs::metadata(site.file("copy.db")).unwrap().len();
    assert!(said.contains(&format!("{} entries, {bytes} bytes", checkpoint.size())), "{said}");
    assert!(said.contains(&checkpoint.root().to_string()) && said.contains(&*String::from_utf8_lossy(&note)), "{said}");
    assert_eq!(checkpoint.size(), site.length());
    assert_eq!(fs::metadata(site.file("copy.db")).unwrap().permissions().mode() & 0o777, 0o600);
    let whole = site.succeed(&["restore", "--check", "copy.db"]);
    assert!(whole.contains("nothing that was acknowledged is missing"), "{whole}");
    let before = fs::read(site.file("copy.db")).unwrap();
    site.grow();
    assert!(site.end(1, &["backup", "copy.db"]).contains("is there already"));
    assert!(site.end(1, &["backup", "nowhere/copy.db"]).contains("cannot be written"));
    assert_eq!(fs::read(site.file("copy.db")).unwrap(), before, "written over");
    assert_eq!(unfinished(dir.path()), Vec::<PathBuf>::new());
    assert!(!site.file("copy.db-wal").exists() && !site.file("copy.db-shm").exists(), "the check left something");
}

#[test]
fn a_copy_that_was_cut_short_or_altered_or_is_another_logs_is_refused_and_not_put_in_place() {
    let dir = TempDir::new().unwrap();
    let site = Site::sqlite(&dir);
    site.grow();
    site.succeed(&["backup", "copy.db"]);
    let whole = fs::read(site.file("copy.db")).unwrap();
    let word = b"\"kind\":\"catalog_imported\"";
    let at = whole.windows(word.len()).position(|window| window == word).unwrap();
    let mut altered = whole.clone();
    altered[at + 10] ^= 1;
    let other = TempDir::new().unwrap();
    let other = (Site::sqlite(&other), other);
    other.0.grow();
    other.0.succeed(&["backup", "copy.db"]);
    let cut = whole[..whole.len() / 2 / 4096 * 4096].to_vec();
    site.rename("zaguan.db", "evidence.db");
    for (name, bytes) in [("cut", cut), ("altered", altered), ("other", fs::read(other.0.file("copy.db")).unwrap())] {
        fs::write(site.file(name), bytes).unwrap();
        let said = site.end(3, &["restore", "--check", name]);
        println!("{name}: {said}");
        site.end(3, &["restore", name]);
        assert!(!site.file("zaguan.db").exists(), "{name} was put in place");
    }
    assert_eq!(unfinished(dir.path()), Vec::<PathBuf>::new());
    site.succeed(&["restore", "copy.db"]);
    assert!(site.end(1, &["restore", "copy.db"]).contains("move it away"));
    assert!(site.length() > 0);
}

/// From a database that is older than its anchor to a log that goes on and admits it. `restored` is what the state of then
/// is called, and everything was acknowledged by `site`'s anchor.
fn go_on(site: &Site, kept: u64, acknowledged: u64) {
    let lost = acknowledged - kept;
    let old_anchor = site.anchored();
    assert!(site.end(1, &["serve"]).contains("older than its anchor"));
    let said = site.end(4, &["restore", "--check"]);
    let missing = format!("BEHIND by {lost} acknowledged entries: {kept} to {}", acknowledged - 1);
    assert!(said.contains(&missing), "{said}");
    let run = |code, number: u64, reason| {
        site.end(code, &["audit", "open-epoch", "--giving-up", &number.to_string(), "--reason", reason])
    };
    for wrong in [0, lost - 1, lost + 1, acknowledged] {
        assert!(run(1, wrong, REASON).contains("is not the number"), "{wrong}");
    }
    run(2, lost, "why?");
    assert_eq!(site.anchored(), old_anchor, "a refusal changes nothing");
    site.end(4, &["restore", "--check"]);
    let said = run(0, lost, REASON);
    let origin = format!("{}/2", old_anchor.lines().next().unwrap());
    assert!(said.contains(&format!("\n{origin}\n")), "{said}");
    assert_eq!(fs::read_to_string(site.file("keys/anchor.epoch-1")).unwrap(), old_anchor, "the evidence is kept");
    assert_eq!(site.anchored().lines().next(), Some(origin.as_str()));
    assert!(run(1, lost, REASON).contains("nothing is lost"));
    site.grow();
    assert!(site.length() > kept + 1);
    assert_eq!(site.anchored().lines().next(), Some(origin.as_str()), "a restart remembers the name");
    assert!(site.end(0, &["restore", "--check"]).contains("nothing that was acknowledged is missing"));
}

fn both_sides_of_the_loss_verify(site: &Site, kept: u64, key: &str) {
    let verified = |receipt: &str, key: &str| site.run(&["receipt", "verify", receipt, "--vkey", key]).status.code();
    for old in ["kept.receipt", "lost.receipt"] {
        assert_eq!(verified(old, key), Some(0), "{old}: what was signed stays signed");
        assert_eq!(verified(old, &second(key)), Some(3), "{old}: and under no other name");
    }
    site.receipt("new.receipt", kept + 1);
    assert_eq!(verified("new.receipt", &second(key)), Some(0));
    assert_eq!(verified("new.receipt", key), Some(3));
}

#[test]
fn an_older_state_of_sqlite_is_refused_until_an_epoch_is_opened_and_everything_verifies_after() {
    let dir = TempDir::new().unwrap();
    let site = Site::sqlite(&dir);
    site.grow();
    let key = site.key();
    site.receipt("kept.receipt", 1);
    site.succeed(&["audit", "verify", "--save", "kept.state"]);
    site.succeed(&["backup", "copy.db"]);
    let kept = site.length();
    site.grow();
    site.export("old-copy", |note| note.size() > kept);
    site.receipt("lost.receipt", kept);
    site.succeed(&["audit", "verify", "--save", "lost.state"]);
    let acknowledged = site.length();
    site.rename("zaguan.db", "damaged.db");
    assert!(site.end(4, &["restore", "copy.db"]).contains("it is in its place"));
    go_on(&site, kept, acknowledged);
    both_sides_of_the_loss_verify(&site, kept, &key);
    site.succeed(&["audit", "verify", "--since", "kept.state"]);
    assert!(site.end(1, &["audit", "verify", "--since", "lost.state"]).contains("no verified state of this log"));
    assert!(site.end(3, &["audit", "export", "old-copy"]).contains("is of origin"), "it holds what was lost");
    site.export("new-copy", |note| note.size() > kept && note.origin().ends_with("/2"));
    assert_eq!(fs::read_to_string(site.file("new-copy/vkey")).unwrap().trim_end(), second(&key));
    // The damaged database is of the lost stretch: nothing brings it back under either name.
    site.rename("zaguan.db", "new.db");
    site.rename("damaged.db", "zaguan.db");
    site.end(1, &["serve"]);
}

/// PostgreSQL's own programs, where the system has them.
fn program(name: &str) -> Option<Command> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin").join(name)).collect();
    found.retain(|path| path.is_file());
    found.sort();
    let found = found.pop();
    if found.is_none() {
        println!("LEFT OUT: there is no {name} here");
    }
    found.map(Command::new)
}

#[test]
fn an_older_state_of_postgres_comes_back_through_its_own_programs_guards_and_all() {
    let (Some(database), Some(mut dump), Some(mut restore)) =
        (TestDatabase::postgres(), program("pg_dump"), program("pg_restore"))
    else {
        return;
    };
    let mut site = Site { dir: database.dir.path().to_owned(), url: Some(database.url()) };
    site.grow();
    let key = site.key();
    assert!(site.end(1, &["backup", "copy"]).contains("pg_dump --format=custom"));
    site.receipt("kept.receipt", 1);
    let file = site.file("zaguan.dump");
    assert!(dump.arg("--format=custom").arg("--file").arg(&file).arg(database.url()).status().unwrap().success());
    let kept = site.length();
    site.grow();
    site.receipt("lost.receipt", kept);
    let acknowledged = site.length();
    let name = format!("{}_restored", database.dropped.as_ref().unwrap());
    let server = server().unwrap();
    execute(&server, &format!("CREATE DATABASE {name}"));
    let location = zaguan::storage::Location::Postgres(with_database(&server, &name));
    let restored = TestDatabase { location, dir: TempDir::new().unwrap(), dropped: Some(name) };
    let words = ["--exit-on-error", "--single-transaction", "--dbname", &restored.url()];
    assert!(restore.args(words).arg(&file).status().unwrap().success());
    let guards = "pg_trigger WHERE tgenabled = 'A'";
    assert_eq!(restored.count(guards), database.count(guards), "the guards came back as they were");
    assert!(restored.count(guards) > 0);
    site.end(4, &["restore", "--check", "--database-url", &restored.url()]);
    assert!(
        site.end(0, &["restore", "--check"]).contains("nothing that was acknowledged"),
        "the newer one is still there"
    );
    site.url = Some(restored.url());
    go_on(&site, kept, acknowledged);
    both_sides_of_the_loss_verify(&site, kept, &key);
}
