//! What is written is what is read, member by member.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zaguan::domain::client::Client;
use zaguan::domain::field::{Catalog, CatalogField, FieldClass, FieldName, RecordStore, StoreCatalog};
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, ResidentScope, Scope, Status};
use zaguan::domain::{Agency, ClientId, LegalBasisId, Purpose, RequesterKind, ResidentIndex, StoreId};
use zaguan::storage::audit::{self, ResidentRow};
use zaguan::storage::idempotency::{self, IdempotencyRow};
use zaguan::storage::legal_bases::{self, NamedResident, Particulars, People};
use zaguan::storage::residents::NewMark;
use zaguan::storage::{StoreError, catalog, clients, policies, residents, state, unknown_fields};

use super::{batch, entry, fill, write};
use crate::support::on_every_database;

/// To the microsecond: that is what both databases keep.
fn at(offset: i64) -> DateTime<Utc> {
    "2031-03-04T12:00:00.123456Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::microseconds(offset)
}

fn index(byte: u8) -> ResidentIndex {
    ResidentIndex::new([byte; 32])
}

#[test]
fn entries_come_back_as_they_were_appended() {
    on_every_database(|database| {
        let store = database.store();
        fill(&store);
        let mut bare = entry(3);
        (bare.store, bare.requester_kind, bare.agency, bare.purpose, bare.outcome) = (None, None, None, None, None);
        bare.record = (0..=255).collect();
        bare.actor = "ñ 'quoted' \\ {NULL}".to_owned();
        write(&store, |tx| audit::append_entries(tx, &[bare.clone(), entry(4)]));
        let all = store.read(|conn| audit::list_entries(conn, 0, 99)).unwrap();
        assert_eq!(all, [entry(0), entry(1), entry(2), bare.clone(), entry(4)]);
        assert_eq!(store.read(|conn| audit::list_entries(conn, 1, 2)).unwrap(), [entry(1), entry(2)]);
        assert_eq!(store.read(|conn| audit::find_entry_by_id(conn, "id-3")).unwrap(), Some(bare));
        assert_eq!(store.read(|conn| audit::find_entry_by_seq(conn, 9)).unwrap(), None);
        assert_eq!(store.read(audit::find_last_batch).unwrap(), Some(batch(2, 3)));
        assert_eq!(store.read(|conn| audit::find_batch(conn, 0)).unwrap(), Some(batch(0, 2)));
        assert_eq!(store.read(|conn| audit::list_batches(conn, 1, 9)).unwrap(), [batch(2, 3)]);
        assert_eq!(store.read(|conn| audit::list_node_hashes(conn, 0, 1, 2)).unwrap(), [vec![1; 32], vec![2; 32]]);
        assert_eq!(store.read(|conn| audit::list_node_hashes(conn, 1, 0, 9)).unwrap().len(), 2);
        let published = store.read(audit::find_last_checkpoint).unwrap().unwrap();
        assert_eq!((published.size, published.note.as_str(), published.at), (3, "a note", 9));
        let link = ResidentRow { seq: 3, salt: vec![1; 32], resident_index: vec![2; 32], sealed: vec![0, 255] };
        write(&store, |tx| audit::append_residents(tx, std::slice::from_ref(&link)));
        assert!(store.read(|conn| audit::find_resident(conn, 3)).unwrap() == Some(link));
    });
}

#[test]
fn appending_nothing_does_nothing() {
    on_every_database(|database| {
        let store = database.store();
        write(&store, |tx| {
            audit::append_entries(tx, &[])?;
            audit::append_residents(tx, &[])?;
            audit::append_nodes(tx, &[])
        });
        assert_eq!(database.count("audit_entry"), 0);
    });
}

fn library() -> StoreCatalog {
    let name = |text: &str| FieldName::new(text).unwrap();
    let store = RecordStore {
        id: "library".parse().unwrap(),
        name: "Thomas Branigan".to_owned(),
        department: "Library".to_owned(),
        description: "Cards, 'loans' and holds — ñ".to_owned(),
    };
    let reviewed = CatalogField {
        name: name("Card Number"),
        own_class: Some(FieldClass::Unprotected),
        alias_of: None,
        reviewed_by: Some("ana".to_owned()),
        review_reason: Some("a number alone".to_owned()),
        note: Some("seen".to_owned()),
    };
    let alias = CatalogField {
        name: name("card_no_old"),
        own_class: None,
        alias_of: Some(name("Card Number")),
        reviewed_by: None,
        review_reason: None,
        note: None,
    };
    let every = FieldClass::ALL.into_iter().map(|class| CatalogField::with_class(name(&format!("z_{class}")), class));
    StoreCatalog::new(store, [reviewed, alias].into_iter().chain(every).collect()).unwrap()
}

#[test]
fn a_catalogue_comes_back_field_by_field_and_in_order() {
    on_every_database(|database| {
        let store = database.store();
        let utility = StoreCatalog::parse(include_str!("../../../config/catalog/utility-billing.toml")).unwrap();
        write(&store, |tx| {
            catalog::replace(tx, &library(), "one", 1)?;
            catalog::replace(tx, &utility, "two", 2)
        });
        let expected = Catalog::new([library(), utility.clone()]).unwrap();
        let loaded = store.read(catalog::load).unwrap();
        assert_eq!(loaded, expected);
        let same = loaded.find(&"library".parse().unwrap()).unwrap();
        assert_eq!((same.store(), same.fields()), (library().store(), library().fields()));
        assert_eq!(same.fields()[1].alias_of.as_ref().unwrap().as_asked(), "Card Number");
        assert_eq!(same.sha256(), library().sha256());

        let smaller = StoreCatalog::new(library().store().clone(), library().fields()[..1].to_vec()).unwrap();
        write(&store, |tx| catalog::replace(tx, &smaller, "three", 3));
        assert_eq!(store.read(catalog::load).unwrap(), Catalog::new([smaller, utility]).unwrap());
    });
}

fn client(id: &str, is_enabled: bool) -> Client {
    Client {
        id: id.parse().unwrap(),
        name: "Library ñ".to_owned(),
        is_enabled,
        tokens_not_before: at(1),
        stores: ["library".parse().unwrap()].into(),
        requester_kinds: RequesterKind::ALL.into(),
        certified_by: "somebody".to_owned(),
        certified_at: at(2),
    }
}

#[test]
fn clients_come_back_and_their_switches_and_secrets_work() {
    on_every_database(|database| {
        let store = database.store();
        let id: ClientId = "desk".parse().unwrap();
        write(&store, |tx| {
            catalog::replace(tx, &library(), "one", 1)?;
            clients::insert(tx, &client("desk", true), "hash", at(0))?;
            clients::insert(tx, &client("kiosk", false), "other", at(0))
        });
        assert_eq!(store.read(clients::list).unwrap(), [client("desk", true), client("kiosk", false)]);
        assert_eq!(
            store.read(|conn| clients::find(conn, &id)).unwrap(),
            Some((client("desk", true), "hash".to_owned()))
        );
        assert!(write(&store, |tx| clients::set_secret(tx, &id, "new", at(2))));
        assert!(write(&store, |tx| clients::set_enabled(tx, &id, false, at(3))));
        let (changed, hash) = store.read(|conn| clients::find(conn, &id)).unwrap().unwrap();
        assert_eq!((changed.is_enabled, changed.tokens_not_before, hash.as_str()), (false, at(3), "new"));
        let nobody: ClientId = "nobody".parse().unwrap();
        assert!(!write(&store, |tx| clients::set_secret(tx, &nobody, "x", at(2))));
        assert!(!write(&store, |tx| clients::set_enabled(tx, &nobody, true, at(2))));
        assert_eq!(store.read(|conn| clients::find(conn, &nobody)).unwrap(), None);
        let mut conn = store.open_writer().unwrap();
        let error = clients::insert(&mut conn.begin().unwrap(), &client("desk", true), "x", at(0)).unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert!(!error.to_string().contains("desk"), "a message quotes a row: {error}");
    });
}

fn statuses() -> [Status; 5] {
    [
        Status::Registered,
        Status::Rejected,
        Status::Verified { at: at(4) },
        Status::Revoked { at: at(5) },
        Status::Superseded { at: at(6) },
    ]
}

/// Every status with every kind, with and without all that may be absent.
fn bases() -> Vec<LegalBasis> {
    let mut all = Vec::new();
    for status in statuses() {
        for kind in BasisKind::ALL {
            for is_full in [true, false] {
                let number = all.len() as u128;
                let listed: BTreeSet<(StoreId, ResidentIndex)> =
                    [("library".parse().unwrap(), index(1)), ("utility-billing".parse().unwrap(), index(2))].into();
                all.push(LegalBasis {
                    id: LegalBasisId::new(Uuid::from_u128(number)),
                    kind,
                    instrument: is_full.then(|| Instrument::ALL[all.len() % Instrument::ALL.len()]),
                    status,
                    valid_from: at(-7),
                    valid_until: is_full.then(|| at(70)),
                    max_uses: is_full.then_some(u32::MAX),
                    uses: if is_full { 3 } else { 0 },
                    scope: Scope {
                        residents: if is_full { ResidentScope::Listed(listed) } else { ResidentScope::Standing },
                        classes: if is_full { FieldClass::ALL.into() } else { BTreeSet::new() },
                        stores: if is_full { ["library".parse().unwrap()].into() } else { BTreeSet::new() },
                        requester_kinds: if is_full { RequesterKind::ALL.into() } else { BTreeSet::new() },
                        requester_agency: is_full.then(|| Agency::new("ICE ERO El Paso").unwrap()),
                        purposes: if is_full { Purpose::ALL.into() } else { BTreeSet::new() },
                    },
                });
            }
        }
    }
    all
}

fn named(basis: &LegalBasis) -> Vec<NamedResident> {
    match &basis.scope.residents {
        ResidentScope::Standing => Vec::new(),
        ResidentScope::Listed(listed) => listed
            .iter()
            .map(|(store, index)| NamedResident { store: store.clone(), index: *index, sealed: vec![9] })
            .collect(),
    }
}

#[test]
fn legal_bases_come_back_in_every_status_and_kind() {
    on_every_database(|database| {
        let store = database.store();
        let people = People { registrar: "ana".to_owned(), registered_at: at(0), verifier: Some("ben".to_owned()) };
        write(&store, |tx| {
            bases()
                .iter()
                .try_for_each(|basis| legal_bases::insert(tx, basis, &people, &Particulars::default(), &named(basis)))
        });
        let ids = bases().iter().map(|basis| basis.id).chain([LegalBasisId::new(Uuid::from_u128(999))]).collect();
        let loaded = store.read(|conn| legal_bases::load(conn, &ids)).unwrap();
        assert_eq!(loaded.len(), bases().len());
        for basis in bases() {
            assert_eq!(loaded[&basis.id], basis);
        }
        let first = bases()[0].id;
        write(&store, |tx| legal_bases::set_uses(tx, first, 4));
        assert_eq!(store.read(|conn| legal_bases::load(conn, &[first].into())).unwrap()[&first].uses, 4);
        assert!(store.read(|conn| legal_bases::load(conn, &[].into())).unwrap().is_empty());
    });
}

#[test]
fn nobody_verifies_what_they_registered_even_in_the_table() {
    on_every_database(|database| {
        let store = database.store();
        let verified = bases().into_iter().find(|basis| matches!(basis.status, Status::Verified { .. })).unwrap();
        for verifier in [Some("ana".to_owned()), None] {
            let people = People { registrar: "ana".to_owned(), registered_at: at(0), verifier };
            let mut conn = store.open_writer().unwrap();
            assert!(
                legal_bases::insert(&mut conn.begin().unwrap(), &verified, &people, &Particulars::default(), &[])
                    .is_err()
            );
        }
    });
}

#[test]
fn a_use_beyond_the_terms_of_a_basis_cannot_be_stored() {
    on_every_database(|database| {
        let store = database.store();
        let single = LegalBasis { max_uses: Some(1), uses: 0, ..bases()[0].clone() };
        let people = People { registrar: "ana".to_owned(), registered_at: at(0), verifier: None };
        write(&store, |tx| legal_bases::insert(tx, &single, &people, &Particulars::default(), &[]));
        write(&store, |tx| legal_bases::set_uses(tx, single.id, 1));
        let mut conn = store.open_writer().unwrap();
        assert!(legal_bases::set_uses(&mut conn.begin().unwrap(), single.id, 2).is_err());
    });
}

#[test]
fn a_row_that_the_program_did_not_write_is_told_and_not_guessed_at() {
    on_every_database(|database| {
        let store = database.store();
        let people = People { registrar: "ana".to_owned(), registered_at: at(0), verifier: None };
        write(&store, |tx| legal_bases::insert(tx, &bases()[0], &people, &Particulars::default(), &[]));
        let corrupt = |sql: &str| {
            database.tamper(sql).unwrap();
            let read = store.read(|conn| legal_bases::load(conn, &[bases()[0].id].into()));
            assert!(matches!(read, Err(StoreError::Corrupt(_))), "{sql}: {read:?}");
        };
        corrupt("UPDATE legal_basis_scope SET value = 'everything' WHERE value = 'home_address'");
        corrupt("UPDATE legal_basis SET status = 'revoked', ended_at = NULL");
    });
}

fn remembered(key: &str, item: i64, expires_at: i64) -> IdempotencyRow {
    IdempotencyRow { client: "desk".to_owned(), key: key.to_owned(), item, body: vec![5; 32], seq: item, expires_at }
}

#[test]
fn an_idempotency_key_lives_until_it_expires_and_no_longer() {
    on_every_database(|database| {
        let store = database.store();
        write(&store, |tx| {
            let kiosk = IdempotencyRow { client: "kiosk".to_owned(), ..remembered("l", 0, 101) };
            let of_k = [remembered("k", 1, 100), remembered("k", 0, 100), remembered("k", 2, 50)];
            idempotency::insert(tx, &[&of_k[..], &[remembered("l", 0, 101), kiosk]].concat(), 0)
        });
        let list = |key: &str, now| {
            let asked = [("desk".to_owned(), key.to_owned())];
            store.read(|conn| idempotency::list(conn, &asked, now)).unwrap()
        };
        assert_eq!(list("k", 49), [remembered("k", 0, 100), remembered("k", 1, 100), remembered("k", 2, 50)]);
        assert_eq!(list("k", 50), [remembered("k", 0, 100), remembered("k", 1, 100)]);
        assert_eq!(list("k", 99).len(), 2);
        assert!(list("k", 100).is_empty());
        // Two keys of two clients: neither is found under the other's client.
        let crossed = [("kiosk".to_owned(), "k".to_owned()), ("desk".to_owned(), "l".to_owned())];
        let found = store.read(|conn| idempotency::list(conn, &crossed, 0)).unwrap();
        assert_eq!(found, [remembered("l", 0, 101)]);
        let again = IdempotencyRow { seq: 77, ..remembered("k", 0, 200) };
        write(&store, |tx| idempotency::insert(tx, std::slice::from_ref(&again), 100));
        assert_eq!(list("k", 100), [again]);
        // What had expired at 100 under the same key went when its place was taken.
        assert_eq!(write(&store, |tx| idempotency::delete_expired(tx, 101)), 2);
        assert!(list("l", 0).is_empty());
        assert_eq!(list("k", 0).len(), 1);
    });
}

#[test]
fn unknown_fields_are_counted_forgotten_and_bounded() {
    on_every_database(|database| {
        let store = database.store();
        write(&store, |tx| {
            unknown_fields::count(tx, "library", "shoe_size", 2, 10)?;
            unknown_fields::count(tx, "library", "shoe_size", 3, 20)?;
            (1..unknown_fields::KEPT_PER_STORE + 5)
                .try_for_each(|number| unknown_fields::count(tx, "library", &format!("f{number}"), 1, 30))?;
            unknown_fields::count(tx, "library", "shoe_size", 1, 40)?;
            unknown_fields::count(tx, "museum", "shoe_size", 1, 50)
        });
        let all = store.read(unknown_fields::list).unwrap();
        let of_library = all.iter().filter(|row| row.store == "library").count();
        assert_eq!(of_library, usize::try_from(unknown_fields::KEPT_PER_STORE).unwrap());
        assert_eq!((all[0].field.as_str(), all[0].asked, all[0].first_at, all[0].last_at), ("shoe_size", 6, 10, 40));
        assert!(all.iter().any(|row| row.store == "museum"));
        write(&store, |tx| unknown_fields::forget(tx, "library", &["shoe_size".to_owned(), "never".to_owned()]));
        let all = store.read(unknown_fields::list).unwrap();
        assert!(all.iter().any(|row| row.field == "shoe_size" && row.store == "museum"));
        assert!(!all.iter().any(|row| row.field == "shoe_size" && row.store == "library"));
    });
}

#[test]
fn policies_keys_and_flags_come_back() {
    on_every_database(|database| {
        let store = database.store();
        assert_eq!(store.read(policies::find_current).unwrap(), None);
        write(&store, |tx| policies::set_current(tx, "aa", "one", "text one", 1));
        write(&store, |tx| policies::set_current(tx, "bb", "two", "text two", 2));
        write(&store, |tx| policies::set_current(tx, "aa", "one", "another text", 3));
        assert_eq!(store.read(policies::find_current).unwrap().as_deref(), Some("aa"));
        assert_eq!(store.read(|conn| policies::find_source(conn, "aa")).unwrap().as_deref(), Some("text one"));
        assert_eq!(store.read(|conn| policies::find_source(conn, "cc")).unwrap(), None);

        let before = store.read(state::load).unwrap();
        assert_eq!((before.revision, before.master_key, before.log_key), (0, None, None));
        write(&store, |tx| state::set_keys(tx, "m", "l"));
        let after = store.read(state::load).unwrap();
        assert_eq!((after.revision, after.master_key.as_deref(), after.log_key.as_deref()), (1, Some("m"), Some("l")));

        let mark = |number| NewMark { store: "library".parse().unwrap(), index: index(number), sealed: b"x".to_vec() };
        write(&store, |tx| residents::mark_confidential(tx, &mark(1), "r.clerk", at(0)));
        write(&store, |tx| residents::mark_confidential(tx, &mark(2), "r.clerk", at(0)));
        assert_eq!(store.read(residents::list_confidential).unwrap(), [index(1), index(2)].into());
        // An ended mark counts no more, and may begin anew; either of a resident's indexes finds it.
        assert!(write(&store, |tx| residents::end_confidential(tx, &[index(9), index(1)], "c.counsel", at(1))));
        assert!(!write(&store, |tx| residents::end_confidential(tx, &[index(1)], "c.counsel", at(2))));
        assert_eq!(store.read(residents::list_confidential).unwrap(), [index(2)].into());
        assert!(!store.read(|conn| residents::is_confidential(conn, &[index(9), index(1)])).unwrap());
        write(&store, |tx| residents::mark_confidential(tx, &mark(1), "r.clerk", at(3)));
        assert!(store.read(|conn| residents::is_confidential(conn, &[index(9), index(1)])).unwrap());
    });
}
