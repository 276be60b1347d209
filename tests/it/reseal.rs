//! After a rotation everything is sealed and indexed anew, the older key goes, and nobody notices.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use zaguan::app::assemble::{World, anchor};
use zaguan::app::audit::verify;
use zaguan::app::authority::{Authority, RegisterBasis};
use zaguan::app::reseal::ResealError;
use zaguan::app::staff::NewStaff;
use zaguan::domain::legal_basis::registration::TypedForm;
use zaguan::domain::record::hex;
use zaguan::domain::referral::ReferralKind;
use zaguan::domain::retention::HoldScope;
use zaguan::domain::staff::{Role, Roles};
use zaguan::domain::{FormId, LegalBasisId, ResidentId, ViolationId};
use zaguan::keys::MasterKeys;
use zaguan::ledger::NoProbe;
use zaguan::storage::sealed::{SealedColumn, places};

use crate::api::bases::{RESIDENT, ask_citing, id, reason_of, record, warrant};
use crate::api::count;
use crate::api::documents::{put, registered};
use crate::domain::document::Pdf;
use crate::support::app::settings;
use crate::support::staff::Member;
use crate::support::{ManualClock, SeededEntropy, TestApp, TestDatabase, on_every_database, whole};

fn ring_file(database: &TestDatabase) -> PathBuf {
    database.dir.path().join("keys/master.key")
}

/// The program on this database. Each start has dice of its own: no two make the same ids.
fn start(database: &TestDatabase, seed: u64) -> TestApp {
    let clock = Arc::new(ManualClock::new());
    let world = World { clock: clock.clone(), entropy: Arc::new(SeededEntropy::new(seed)), probe: Arc::new(NoProbe) };
    TestApp::start_in(database, &[], world, clock)
}

/// Another key of random-looking bytes in front of the ring.
fn rotate(database: &TestDatabase, byte: u8) {
    let fill = |bytes: &mut [u8]| {
        bytes.fill(byte);
        Ok::<(), std::convert::Infallible>(())
    };
    MasterKeys::rotate(&ring_file(database), fill).unwrap();
}

/// A city with something in every sealed column.
struct Furnished {
    records: Member,
    paper: Vec<u8>,
    at: String,
    warrant: String,
}

fn furnish(app: &TestApp, database: &TestDatabase) -> Furnished {
    let records = app.enrol(Role::Records);
    let (at, paper) = (registered(app, 7), Pdf::of(3).filled(200_000).bytes());
    let token = records.sign_in(&app.app);
    assert_eq!(put(app, &token, &at, &paper).status, 201);
    begin_draft(app, &token);
    let new = NewStaff {
        username: "n.newcomer".parse().unwrap(),
        name: "N. Newcomer".to_owned(),
        roles: Roles::new([Role::Counsel]).unwrap(),
    };
    app.app.invite_staff(&Authority::operator(), new).unwrap();
    let warrant = record(app, warrant(app, 1));
    assert_eq!(reason_of(app, &ask_citing(std::slice::from_ref(&warrant))), "legal_basis");
    let hidden = ResidentId::new("ACCT-0000009").unwrap();
    app.app.mark_confidential(&Authority::operator(), "utility-billing".parse().unwrap(), &hidden).unwrap();
    app.app.place_hold("operator", HoldScope::Everything, "a fictional lawsuit").unwrap();
    write_notes(database, id(1));
    Furnished { records, paper, at, warrant }
}

const TYPED: &str = "a fictional docket";

/// A draft with a scan of one part.
fn begin_draft(app: &TestApp, token: &str) {
    let (mut typed, form) = (TypedForm::default(), FormId::new(id(70).as_uuid()));
    typed.put(&["docket"], [("docket".to_owned(), TYPED.to_owned())]);
    let draft = app.app.begin_draft(&app.app.authorize(token).unwrap(), form, typed).unwrap();
    app.app.store_draft_document(&app.app.authorize(token).unwrap(), draft, &Pdf::of(1).bytes()).unwrap();
}

/// Its registrar goes on with it as if nothing had happened.
fn demand_draft(app: &TestApp, token: &str) {
    let who = app.app.authorize::<RegisterBasis>(token).unwrap();
    let draft = app.app.list_drafts(&who).unwrap().pop().unwrap();
    assert_eq!(draft.typed.first("docket"), TYPED);
    let part = app.app.open_draft_document(&who, draft.id).unwrap().unwrap().next_part().unwrap().unwrap();
    assert_eq!(part.as_slice(), Pdf::of(1).bytes());
}

const NOTE: &str = "a fictional note";
const VIOLATION: &str = "0197a000-0000-7000-8000-000000000001";

fn notes(basis: LegalBasisId) -> [(&'static str, Vec<u8>); 6] {
    let violation: ViolationId = VIOLATION.parse().unwrap();
    [
        ("SELECT sealed_paper FROM legal_basis WHERE sealed_paper IS NOT NULL", places::basis_paper(basis)),
        ("SELECT sealed_note FROM legal_basis_check", places::check_note(basis, 1, "W17")),
        ("SELECT sealed_note FROM legal_basis_step WHERE sealed_note IS NOT NULL", places::step_note(basis, 9)),
        ("SELECT sealed_note FROM violation", places::violation_note(violation)),
        ("SELECT sealed_outcome FROM violation", places::violation_outcome(violation)),
        ("SELECT sealed_note FROM referral", places::referral_note(ReferralKind::CounselReview1373, 0)),
    ]
}

/// Notes as other operations write them: sealed for their places by the key in force.
fn write_notes(database: &TestDatabase, basis: LegalBasisId) {
    let sealer = MasterKeys::load(&ring_file(database)).unwrap().sealer();
    let [paper, check, step, note, outcome, referral] =
        notes(basis).map(|(_, place)| database.bytes(&hex(&sealer.seal([5; 24], &place, NOTE.as_bytes()))));
    let sql = format!(
        "UPDATE legal_basis SET sealed_paper = {paper} WHERE id = '{basis}';
         INSERT INTO legal_basis_check VALUES ('{basis}', 1, 'W17', 'blocks', 'pass', 'person', 'x', 1, {check});
         INSERT INTO legal_basis_step VALUES ('{basis}', 9, 'verified', 'x', 1, {step});
         INSERT INTO violation VALUES ('{VIOLATION}', '{basis}', 'x', 1, {note}, 'y', 2, {outcome});
         INSERT INTO referral VALUES ('counsel_review_1373', 0, 'y', 2, 'denial_stands', {referral});"
    );
    database.tamper(&sql).unwrap();
}

/// Every note opens with this ring.
fn demand_notes(database: &TestDatabase, basis: LegalBasisId) {
    let sealer = MasterKeys::load(&ring_file(database)).unwrap().sealer();
    for (sql, place) in notes(basis) {
        let (column, from) = sql.strip_prefix("SELECT ").unwrap().split_once(' ').unwrap();
        let as_hex =
            if database.is_postgres() { format!("encode({column}, 'hex')") } else { format!("lower(hex({column}))") };
        let text = database.texts(&format!("SELECT {as_hex} AS value {from}")).pop().unwrap();
        let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
        let bytes: Vec<u8> = text.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
        assert_eq!(sealer.open(&place, &bytes).unwrap().as_slice(), NOTE.as_bytes(), "{sql}");
    }
}

#[test]
fn everything_opens_and_is_found_after_the_older_key_is_gone() {
    on_every_database(|database| {
        let app = start(database, 1);
        let furnished = furnish(&app, database);
        let nothing = app.app.count_under_older_keys().unwrap();
        assert_eq!(nothing, [], "there is no older key yet");
        drop(app);

        rotate(database, 9);
        let app = start(database, 2);
        let needed = app.app.count_under_older_keys().unwrap();
        let columns: Vec<SealedColumn> = needed.iter().map(|(column, _)| *column).collect();
        assert_eq!(columns, SealedColumn::ALL, "something stands in every sealed column");
        let parts = needed.iter().find(|(column, _)| *column == SealedColumn::DocumentPart).unwrap().1;
        assert_eq!(parts, 5, "four of a basis, and one of a draft");
        let total: i64 = needed.iter().map(|(_, rows)| rows).sum();
        assert_eq!(i64::try_from(app.app.reseal("operator", |_, _| {}).unwrap()).unwrap(), total);
        assert_eq!(app.app.count_under_older_keys().unwrap(), []);
        assert_eq!(app.app.reseal("operator", |_, _| {}).unwrap(), 0);
        let slices = SealedColumn::ALL.len() + 1;
        assert_eq!(count(&app, "resealed"), slices, "one of each, and one more for the scans of drafts");
        // The service that was running all the time judges by the new indexes at once.
        demand_unnoticed(&app, database, &furnished);
        drop(app);

        let active = MasterKeys::load(&ring_file(database)).unwrap().ids()[0];
        assert_eq!(MasterKeys::retire(&ring_file(database), active).unwrap().len(), 1);
        let app = start(database, 3);
        app.clock.advance(TimeDelta::minutes(2));
        demand_unnoticed(&app, database, &furnished);
        demand_notes(database, id(1));
        drop(app);

        // What was sealed anew lies in its place, so that it can be done again.
        rotate(database, 8);
        let app = start(database, 4);
        assert!(app.app.reseal("operator", |_, _| {}).unwrap() > 0);
        assert_eq!(app.app.count_under_older_keys().unwrap(), []);
        let settings = settings(database, &[]);
        // No decision called for the referral that was planted.
        database.tamper("DELETE FROM referral").unwrap();
        verify(app.app.store(), &whole(app.app.verifiers(), &settings.audit.origin, &anchor(&settings)), |_, _| {})
            .unwrap();
    });
}

fn demand_unnoticed(app: &TestApp, database: &TestDatabase, furnished: &Furnished) {
    app.clock.advance(TimeDelta::minutes(1));
    let records = furnished.records.sign_in(&app.app);
    assert!(app.as_staff(&records).get(&furnished.at).body.as_bytes() == furnished.paper);
    demand_draft(app, &records);
    assert_eq!(reason_of(app, &ask_citing(std::slice::from_ref(&furnished.warrant))), "legal_basis");
    let mut hidden = ask_citing(&[]);
    hidden["resident"] = "ACCT-0000009".into();
    assert_eq!(reason_of(app, &hidden), "confidential_address");
    assert_eq!(app.app.list_holds().unwrap()[0].reason.as_deref(), Some("a fictional lawsuit"));
    assert_eq!(database.count("confidential_resident"), 1);
}

#[test]
fn decisions_are_found_by_their_resident_under_the_new_key_alone() {
    on_every_database(|database| {
        let app = start(database, 1);
        assert_eq!(reason_of(&app, &ask_citing(&[])), "no_legal_basis");
        drop(app);
        rotate(database, 9);
        let app = start(database, 2);
        app.app.reseal("operator", |_, _| {}).unwrap();
        let indexer = MasterKeys::load(&ring_file(database)).unwrap().resident_indexer();
        let index = database.bytes(&hex(&indexer.index("utility-billing", RESIDENT)));
        assert_eq!(database.count(&format!("audit_resident WHERE resident_index = {index}")), 1);
    });
}

#[test]
fn somebody_who_was_marked_twice_is_marked_once_and_stays_marked() {
    marked_twice(false);
    marked_twice(true);
}

fn marked_twice(is_the_older_in_force: bool) {
    on_every_database(|database| {
        let hidden = || ResidentId::new(RESIDENT).unwrap();
        let store = || "utility-billing".parse().unwrap();
        let app = start(database, 1);
        app.app.mark_confidential(&Authority::operator(), store(), &hidden()).unwrap();
        drop(app);
        rotate(database, 9);
        let app = start(database, 2);
        app.app.end_confidential(&Authority::operator(), store(), &hidden()).unwrap();
        app.app.mark_confidential(&Authority::operator(), store(), &hidden()).unwrap();
        assert_eq!(database.count("confidential_resident"), 2);
        if is_the_older_in_force {
            let swapped = "UPDATE confidential_resident SET ended_at = CASE WHEN ended_at IS NULL THEN 1 END, \
                           ended_by = CASE WHEN ended_by IS NULL THEN 'x' END";
            database.tamper(swapped).unwrap();
        }
        app.app.reseal("operator", |_, _| {}).unwrap();
        assert_eq!(database.count("confidential_resident"), 1);
        assert_eq!(reason_of(&app, &ask_citing(&[])), "confidential_address");
    });
}

#[test]
fn a_row_that_does_not_open_is_named_and_left_as_it_is() {
    on_every_database(|database| {
        let app = start(database, 1);
        app.app.place_hold("operator", HoldScope::Everything, "x").unwrap();
        drop(app);
        rotate(database, 9);
        let app = start(database, 2);
        let moved = "UPDATE retention_hold SET id = '0197a000-0000-7000-8000-000000000001'";
        database.tamper(moved).unwrap();
        let refused = app.app.reseal("operator", |_, _| {});
        assert!(matches!(refused, Err(ResealError::Shut { column: "retention_hold.sealed_reason", .. })));
        assert_eq!(app.app.count_under_older_keys().unwrap(), [(SealedColumn::HoldReason, 1)]);
    });
}
