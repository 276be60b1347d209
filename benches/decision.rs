//! The pure parts: deciding, classifying, hashing an entry, signing a checkpoint.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark prints, rounds, and may stop"
)]

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use zaguan::app::policy::LoadedPolicy;
use zaguan::domain::decision::{Ask, AskedField, Facts, decide};
use zaguan::domain::field::{FieldName, StoreCatalog};
use zaguan::domain::record::entry_bytes;
use zaguan::domain::{Agency, Purpose, RequesterKind, ResidentIndex};
use zaguan::tlog::{Checkpoint, Frontier, Signer, leaf_hash};

const FIELDS: [&str; 5] = ["account_no", "service_address", "employer_name", "customer_name", "account_status"];

fn decisions(c: &mut Criterion) {
    let catalog = StoreCatalog::parse(include_str!("../config/catalog/utility-billing.toml")).unwrap();
    let policy = LoadedPolicy::parse(include_str!("../config/policy.toml")).unwrap();
    let names: Vec<FieldName> = FIELDS.iter().map(|name| FieldName::new(*name).unwrap()).collect();
    let fields = names.iter().map(|name| AskedField { name: name.clone(), class: catalog.classify(name) });
    let ask = Ask {
        store: "utility-billing".parse().unwrap(),
        resident_indexes: vec![ResidentIndex::new([7; 32])],
        fields: fields.collect(),
        requester_kind: RequesterKind::FederalImmigration,
        agency: Some(Agency::new("ICE ERO El Paso").unwrap()),
        purpose: Purpose::ImmigrationEnforcement,
        legal_bases: Vec::new(),
    };
    let bases = HashMap::new();
    let facts = Facts { is_confidential: false, bases: &bases };
    let now = "2031-01-01T00:00:00Z".parse().unwrap();
    c.bench_function("decide five fields", |b| b.iter(|| decide(black_box(&ask), &facts, &policy.policy, now)));
    c.bench_function("classify five names", |b| {
        b.iter(|| names.iter().map(|name| catalog.classify(black_box(name)) as u32).sum::<u32>());
    });
    c.bench_function("read a field name", |b| b.iter(|| FieldName::new(black_box("service_address"))));
}

fn log(c: &mut Criterion) {
    let record = vec![b'x'; 1_100];
    c.bench_function("leaf of a record of 1,100 bytes", |b| {
        b.iter(|| leaf_hash(&entry_bytes(&[1; 32], black_box(&record))));
    });
    let leaf = leaf_hash(b"leaf");
    let mut frontier = Frontier::empty();
    c.bench_function("append to the frontier", |b| b.iter(|| frontier.append(black_box(leaf), &mut |_, _, _| {})));
    let signer = Signer::new("records.las-cruces.example/zaguan", &[7; 32]).unwrap();
    let root = frontier.root();
    c.bench_function("sign a checkpoint", |b| {
        b.iter(|| Checkpoint::new(signer.name(), black_box(7), root).unwrap().sign(&signer).unwrap());
    });
}

criterion_group!(benches, decisions, log);
criterion_main!(benches);
