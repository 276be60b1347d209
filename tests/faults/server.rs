//! A PostgreSQL server of the test's own, which may be stopped, paused and broken.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, RunQueryDsl as _};
use tempfile::TempDir;
use zaguan::storage::Location;

use crate::service::{LONG, signal};
use crate::support::TestDatabase;
use crate::support::database::server as shared;
use crate::support::wait::within;

/// A running server with one database, gone with the test.
pub struct Server {
    bin: PathBuf,
    dir: TempDir,
    port: u16,
}

impl Server {
    /// Nothing, said aloud, where PostgreSQL is not installed or not wanted.
    pub fn start() -> Option<Self> {
        Self::start_in(TempDir::new().unwrap())
    }

    /// The same in a directory of the test's own choosing.
    pub fn start_in(dir: TempDir) -> Option<Self> {
        let bin = shared().and_then(|_| binaries());
        let Some(bin) = bin else {
            println!("LEFT OUT: there is no PostgreSQL here of which a server of its own could be made");
            return None;
        };
        let server = Self::on_a_free_port(bin, dir);
        let port = server.port;
        let data = server.data();
        server.run("initdb", &["-D", &data, "-U", "zaguan", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        server.set(&format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nlogging_collector = off\n"
        ));
        server.control("start", &[]);
        PgConnection::establish(&server.url("postgres")).unwrap().batch_execute("CREATE DATABASE city").unwrap();
        Some(server)
    }

    /// A streaming replica of this server.
    pub fn replica(&self) -> Self {
        let replica = Self::on_a_free_port(self.bin.clone(), TempDir::new().unwrap());
        let (port, data) = (self.port.to_string(), replica.data());
        let words = ["-h", "127.0.0.1", "-p", &port, "-U", "zaguan", "-D", &data, "-R", "-c", "fast", "--no-sync"];
        replica.run("pg_basebackup", &words);
        replica.set(&format!("port = {}", replica.port));
        replica.control("start", &[]);
        replica
    }

    fn on_a_free_port(bin: PathBuf, dir: TempDir) -> Self {
        // It refuses to run as root, who runs this test in a container.
        let _ = Command::new("chown").arg("postgres").arg(dir.path()).status();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { bin, dir, port }
    }

    /// Adds settings, for the next start.
    pub fn set(&self, settings: &str) {
        self.run("sh", &["-c", &format!("echo \"{settings}\" >> {}/postgresql.conf", self.data())]);
    }

    /// Runs SQL as the server's owner.
    pub fn execute(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.url("city")).unwrap();
        // The role may be set up against whoever would set it right again.
        conn.batch_execute("SET default_transaction_read_only = off").unwrap();
        conn.batch_execute(sql).unwrap();
    }

    /// What a query counts.
    pub fn number(&self, sql: &str) -> i64 {
        let mut conn = PgConnection::establish(&self.url("city")).unwrap();
        diesel::dsl::sql::<diesel::sql_types::BigInt>(sql).get_result(&mut conn).unwrap()
    }

    /// Whether a replica that was told to stop replaying has stopped.
    pub fn is_replay_paused(&self) -> bool {
        self.number("SELECT count(*) WHERE pg_get_wal_replay_pause_state() = 'paused'") == 1
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://zaguan@127.0.0.1:{}/{database}", self.port)
    }

    pub fn database(&self) -> TestDatabase {
        TestDatabase::at(Location::Postgres(self.url("city")), TempDir::new().unwrap())
    }

    fn data(&self) -> String {
        self.dir.path().join("data").display().to_string()
    }

    /// `pg_ctl`.
    pub fn control(&self, what: &str, more: &[&str]) {
        let (data, log) = (self.data(), format!("{}.log", self.data()));
        self.run("pg_ctl", &[&["-D", &data, "-l", &log, "-w", "-t", "60"], more, &[what]].concat());
    }

    fn run(&self, program: &str, words: &[&str]) {
        let own = self.bin.join(program);
        let program = if own.exists() { own.as_path() } else { Path::new(program) };
        let mut command = Command::new("runuser");
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            command.args(["-u", "postgres", "--"]).arg(program);
        } else {
            command = Command::new(program);
        }
        // Inherited pipes would be held open by the server for ever.
        let out = fs::File::create(self.dir.path().join("said")).unwrap();
        let err = out.try_clone().unwrap();
        let status = command.args(words).current_dir("/").stdout(out).stderr(err).status().unwrap();
        let said = fs::read_to_string(self.dir.path().join("said")).unwrap_or_default();
        assert!(status.success(), "{program:?} {words:?}: {said}");
    }

    /// The server's first process and all that it started.
    pub fn processes(&self) -> Vec<u32> {
        let first = fs::read_to_string(format!("{}/postmaster.pid", self.data())).unwrap();
        let first: u32 = first.lines().next().unwrap().parse().unwrap();
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children")).unwrap();
        std::iter::once(first).chain(children.split_whitespace().map(|id| id.parse().unwrap())).collect()
    }

    /// Waits until somebody can connect.
    pub fn wait(&self) {
        within(LONG, "the server takes connections", || PgConnection::establish(&self.url("city")).is_ok());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A paused one would not hear that it shall stop.
        if let Ok(first) = fs::read_to_string(format!("{}/postmaster.pid", self.data()))
            && let Some(Ok(first)) = first.lines().next().map(str::parse::<u32>)
        {
            signal("CONT", &[first]);
            signal("QUIT", &[first]);
        }
    }
}

/// On the path, or where Debian keeps them: the newest.
fn binaries() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut places: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    places.sort();
    places.into_iter().rev().find(|place| place.join("initdb").exists())
}
