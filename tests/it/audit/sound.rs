//! A sound log in somebody's hands, and how it is put back.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use zaguan::app::App;
use zaguan::app::assemble::{Migrations, World, anchor, find_master};
use zaguan::app::audit::{LinkKeys, VerifyError, verify};
use zaguan::app::authority::Authority;
use zaguan::app::decisions::{Details, Request, Requester};
use zaguan::app::tokens::Caller;
use zaguan::clock::Clock;
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentId};
use zaguan::ledger::{Anchor, NoProbe};
use zaguan::storage::audit::{self, CheckpointRow};
use zaguan::storage::{Location, Store};
use zaguan::tlog::{Checkpoint, Cosigner, Verifier, WitnessKey};

use crate::support::app::settings;
use crate::support::database::{execute, server};
use crate::support::{ManualClock, SeededEntropy, TestDatabase, whole};

/// A sound log of 600 entries in several commits, with nodes and a checkpoint, no longer in use.
pub(super) struct Sound {
    verifiers: Vec<Verifier>,
    origin: String,
    witnesses: [WitnessKey; 2],
    links: LinkKeys,
    pub(super) anchor: Anchor,
    pub(super) copies: Copies,
}

/// Puts the sound log back after each deed.
pub(super) enum Copies {
    File { database: PathBuf, copy: PathBuf },
    Template { database: String, copy: String },
}

impl Copies {
    fn of(database: &TestDatabase) -> Self {
        match &database.location {
            Location::Sqlite(path) | Location::Still(path) => {
                database.tamper("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
                let copy = path.with_extension("copy");
                std::fs::copy(path, &copy).unwrap();
                Self::File { database: path.clone(), copy }
            }
            Location::Postgres(url) => {
                let (_, name) = url.rsplit_once('/').unwrap();
                let copy = format!("{name}_copy");
                execute(&server().unwrap(), &format!("CREATE DATABASE {copy} TEMPLATE {name}"));
                Self::Template { database: name.to_owned(), copy }
            }
        }
    }

    pub(super) fn restore(&self) {
        match self {
            Self::File { database, copy } => {
                for suffix in ["-wal", "-shm"] {
                    let mut side = database.clone().into_os_string();
                    side.push(suffix);
                    let _ = std::fs::remove_file(side);
                }
                std::fs::copy(copy, database).unwrap();
            }
            Self::Template { database, copy } => {
                execute(&server().unwrap(), &format!("DROP DATABASE {database} WITH (FORCE)"));
                execute(&server().unwrap(), &format!("CREATE DATABASE {database} TEMPLATE {copy}"));
            }
        }
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        if let Self::Template { copy, .. } = self {
            execute(&server().unwrap(), &format!("DROP DATABASE IF EXISTS {copy} WITH (FORCE)"));
        }
    }
}

fn request(number: usize) -> Request {
    // One in a hundred is for the City Clerk.
    let (kind, purpose) = match number % 100 {
        7 => (RequesterKind::PublicRecords, Purpose::PublicRecordsRequest),
        _ => (RequesterKind::Court, Purpose::CourtProceeding),
    };
    Request {
        store: "library".parse().unwrap(),
        resident: ResidentId::new(format!("P-{number}")).unwrap(),
        fields: vec![FieldName::new("card_number").unwrap()],
        requester: Requester { kind, agency: Some(Agency::new("Third Judicial District").unwrap()) },
        purpose,
        legal_bases: Vec::new(),
        details: Details::default(),
    }
}

impl Sound {
    pub(super) fn make(database: &TestDatabase) -> Self {
        Self::make_of(database, 6)
    }

    /// A log of so many hundreds of entries, and its segments.
    pub(super) fn make_of(database: &TestDatabase, hundreds: usize) -> Self {
        let settings = settings(database, &[("ZAGUAN__AUDIT__PUBLISH_INTERVAL_S", "1")]);
        let clock = Arc::new(ManualClock::new());
        let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(1)), probe: Arc::new(NoProbe) };
        let app = App::open(&settings, Migrations::Apply, world).unwrap();
        app.import_catalog("test", StoreCatalog::parse(include_str!("../../../config/catalog/library.toml")).unwrap())
            .unwrap();
        let new = zaguan::app::clients::NewClient {
            id: "desk".parse().unwrap(),
            name: "Desk".to_owned(),
            stores: ["library".parse().unwrap()].into(),
            requester_kinds: RequesterKind::ALL.into(),
        };
        app.add_client(&Authority::operator(), new).unwrap();
        let caller = Caller { client: "desk".parse().unwrap(), issued_at: clock.now() };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for batch in 0..hundreds {
            let requests = (0..100).map(|number| (number, request(batch * 100 + number))).collect();
            runtime.block_on(app.decide_all(caller.clone(), requests, None)).unwrap().unwrap();
            clock.advance(TimeDelta::seconds(2));
        }
        let published = || database.count("audit_checkpoint WHERE size > 500");
        crate::support::wait::eventually("a checkpoint is published", || published() > 0);
        let last = app.store().read(audit::find_last_checkpoint).unwrap().unwrap();
        app.record_stop().unwrap();
        app.make_segments().unwrap();
        app.ledger().close();
        let (verifiers, origin) = (app.verifiers().to_vec(), settings.audit.origin.clone());
        drop(app);
        let witnesses = cosign(database, &last, &verifiers, &origin);
        let links = LinkKeys::of(&find_master(&settings).unwrap().unwrap());
        Self { verifiers, origin, witnesses, links, anchor: anchor(&settings), copies: Copies::of(database) }
    }

    pub(super) fn verify(&self, database: &TestDatabase, anchor: &Anchor) -> Result<u64, VerifyError> {
        let store = Store::open(database.options()).unwrap();
        let mut check = whole(&self.verifiers, &self.origin, anchor);
        check.keys.witnesses = &self.witnesses;
        check.links = Some(&self.links);
        verify(&store, &check, |_, _| {}).map(|verified| verified.entries)
    }
}

/// Two witnesses sign the last checkpoint.
fn cosign(database: &TestDatabase, last: &CheckpointRow, known: &[Verifier], origin: &str) -> [WitnessKey; 2] {
    let checkpoint = Checkpoint::open(last.note.as_bytes(), known, origin).unwrap();
    [1, 2].map(|number| {
        let (name, size) = (format!("witness.example/w{number}"), last.size);
        let cosigner = Cosigner::new(&name, &[number; 32]).unwrap();
        let line = cosigner.cosign(&checkpoint.encode(), 1_930_392_000).to_line();
        database.tamper(&format!("INSERT INTO audit_cosignature VALUES ({size}, '{name}', '{line}')")).unwrap();
        cosigner.key().clone()
    })
}
