//! The settings: defaults, then the TOML file, then the environment (`ZAGUAN__SECTION__KEY`), each over the one before.
//! A setting that nobody knows, or a value that cannot be right, refuses to start. Never shows a secret: neither in
//! `Debug`, nor in a listing, nor in an error. Never reads the process's environment by itself: it is handed in.

mod audit;
mod database;
mod error;
mod layers;
mod limits;
mod log;
mod people;
mod place;
mod places;
mod reader;
mod retention;
mod secret;
mod secret_reader;
mod server;
mod witnesses;

use std::path::Path;

pub use audit::Audit;
pub use database::{Database, DatabaseTarget};
pub use error::ConfigError;
pub use limits::{Limits, OAuth};
pub use log::{Log, LogFormat, LogLevel};
pub use people::{Documents, LegalBases, Staff};
pub use place::Place;
pub use places::{Data, Keys, Policy};
pub use retention::Retention;
pub use secret::Secret;
pub use server::Server;
pub use witnesses::Witness;

use layers::Layer;
use reader::{Reader, Shown};

/// Every setting, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How the program is reached.
    pub server: Server,
    /// Which database.
    pub database: Database,
    /// Where the program writes.
    pub data: Data,
    /// How the audit log is kept.
    pub audit: Audit,
    /// Where the keys are.
    pub keys: Keys,
    /// Which decision table.
    pub policy: Policy,
    /// Tokens and passwords.
    pub oauth: OAuth,
    /// Accounts and sessions of staff.
    pub staff: Staff,
    /// What legal bases must show.
    pub legal_bases: LegalBases,
    /// Scanned papers.
    pub documents: Documents,
    /// How long what is about people is kept.
    pub retention: Retention,
    /// The largest requests.
    pub limits: Limits,
    /// The program's own log lines.
    pub log: Log,
    shown: Vec<Shown>,
}

impl Settings {
    /// Reads the file, if one is named, and lays the environment over it.
    ///
    /// Variables without the prefix `ZAGUAN__` are left alone; with it, all must name a key.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its key, its place and what was expected there.
    pub fn load(path: Option<&Path>, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let file = path.map_or_else(|| Ok(Layer::new()), layers::read_file)?;
        let mut reader = Reader::new(file, layers::read_environment(env)?);
        let server = Server::read(&mut reader)?;
        let database = Database::read(&mut reader)?;
        let data = Data::read(&mut reader)?;
        let audit = Audit::read(&mut reader)?;
        let keys = Keys::read(&mut reader, &data.dir)?;
        let mut settings = Self {
            server,
            database,
            data,
            audit,
            keys,
            policy: Policy::read(&mut reader)?,
            oauth: OAuth::read(&mut reader)?,
            staff: Staff::read(&mut reader)?,
            legal_bases: LegalBases::read(&mut reader)?,
            documents: Documents::read(&mut reader)?,
            retention: Retention::read(&mut reader)?,
            limits: Limits::read(&mut reader)?,
            log: Log::read(&mut reader)?,
            shown: Vec::new(),
        };
        settings.shown = reader.finish()?;
        settings.check_together()?;
        Ok(settings)
    }

    /// All settings as TOML, each with its source as a comment; secrets only as "(set)" or "(not set)".
    #[must_use]
    pub fn describe(&self) -> String {
        let mut lines = Vec::new();
        let mut section = "";
        for shown in &self.shown {
            if shown.section != section {
                if !section.is_empty() {
                    lines.push(String::new());
                }
                section = shown.section;
                lines.push(format!("[{section}]"));
            }
            let source = shown.place.as_comment();
            lines.push(format!("{} = {} # {source}{}", shown.key, shown.value, shown.remark));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// Where the value of `section.key` came from; none when there is no such key.
    #[must_use]
    pub fn place_of(&self, section: &str, key: &str) -> Option<&Place> {
        self.shown.iter().find(|shown| shown.section == section && shown.key == key).map(|shown| &shown.place)
    }

    /// What each value alone cannot tell.
    fn check_together(&self) -> Result<(), ConfigError> {
        let server = &self.server;
        if server.batch_body_limit_bytes < server.body_limit_bytes {
            let expected = format!("at least `server.body_limit_bytes` (`{}`)", server.body_limit_bytes);
            return Err(self.wrong(
                "server",
                "batch_body_limit_bytes",
                expected,
                format!("`{}`", server.batch_body_limit_bytes),
            ));
        }
        let is_sqlite = |url: &Secret| url.expose().starts_with("sqlite:") || !url.is_set();
        let database = &self.database;
        if database.owner_url.is_set() && is_sqlite(&database.owner_url) != is_sqlite(&database.url) {
            let expected = "the same kind of database as `database.url`".to_owned();
            return Err(self.wrong("database", "owner_url", expected, "another kind".to_owned()));
        }
        if database.replica_url.is_set() && is_sqlite(&database.url) {
            let expected =
                "nothing, because only PostgreSQL has replicas and `database.url` is an SQLite file".to_owned();
            return Err(self.wrong("database", "replica_url", expected, "an address".to_owned()));
        }
        let from_environment = |key| matches!(self.place_of("keys", key), Some(Place::Environment { .. }));
        if self.keys.master.is_set() && from_environment("master_file") {
            let place = self.place("keys", "master");
            return Err(ConfigError::BothGiven { place, key: "keys.master".to_owned() });
        }
        Ok(())
    }

    fn wrong(&self, section: &str, key: &str, expected: String, found: String) -> ConfigError {
        ConfigError::Wrong { place: self.place(section, key), key: format!("{section}.{key}"), expected, found }
    }

    fn place(&self, section: &str, key: &str) -> Place {
        self.place_of(section, key).cloned().unwrap_or(Place::Default)
    }
}
