//! The check list W01 to W20: what the program finds, and what people may make of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use zaguan::domain::court::CourtRegistry;
use zaguan::domain::language::Language;
use zaguan::domain::legal_basis::check::{
    Answer, AnswerFault, CallBack, CallBackRules, CheckId, CheckOutcome, DocumentFacts, Evidence, How, JudgedBy,
    Judgement, NumberSource, SettleRules, Settled, Severity, judge_by_program, settle,
};
use zaguan::domain::legal_basis::{BasisKind, Instrument, LegalBasis, Paper, Status};

use super::court::shipped_courts;
use super::registration::{at, emergency, mandate, now, register, warrant, with};
use super::scene;

use CheckOutcome::{Fail, NotApplicable, Pass, Unknown};

/// A basis with its paper, as somebody finds it who verifies it.
#[derive(Clone)]
struct Case {
    basis: LegalBasis,
    paper: Paper,
    document: Option<DocumentFacts>,
    verifier: Option<&'static str>,
    now: DateTime<Utc>,
}

impl Case {
    fn of(form: Value) -> Self {
        let registration = register(form).unwrap_or_else(|faults| panic!("{faults:?}"));
        let paper = registration.paper().clone();
        let listed =
            registration.scope().residents.iter().map(|(store, _)| (store.clone(), scene::resident(7))).collect();
        let basis = registration.into_basis(scene::basis_id(1), listed);
        let document = DocumentFacts { media_type: "application/pdf".to_owned(), pages: 3, sha256: [7; 32] };
        Self { basis, paper, document: Some(document), verifier: Some("ana"), now: now() }
    }

    fn judge(&self) -> BTreeMap<CheckId, Judgement> {
        self.judge_with(shipped_courts())
    }

    fn judge_with(&self, courts: &CourtRegistry) -> BTreeMap<CheckId, Judgement> {
        judge_by_program(&Evidence {
            basis: &self.basis,
            paper: &self.paper,
            courts,
            document: self.document.as_ref(),
            registrar: "rosa",
            verifier: self.verifier,
            max_verification_age: TimeDelta::hours(24),
            now: self.now,
        })
    }

    fn find(&self, id: CheckId) -> (CheckOutcome, How) {
        let found = self.judge()[&id];
        (found.outcome, found.how)
    }
}

/// A warrant of the Third Judicial District with changes.
fn of_new_mexico(changes: &Value) -> Case {
    let state = json!({
        "/court": "Third Judicial District Court", "/docket": "D-307-SW-2026-00017", "/judge_title": "District Judge",
        "/affiant": "Pilar Roble", "/sworn_statement_attached": true, "/execute_by": null,
    });
    Case::of(with(with(warrant(), &state), changes))
}

fn federal(changes: &Value) -> Case {
    Case::of(with(warrant(), changes))
}

fn subpoena() -> Value {
    let scope = warrant()["scope"].clone();
    with(
        mandate(),
        &json!({
            "/instrument": "judicial_subpoena", "/citation": null, "/standing": null, "/review_by": null, "/scope": scope,
            "/court": "Third Judicial District Court", "/docket": "D-307-CV-2026-00002", "/issued_at": "2026-11-20T18:00:00Z",
        }),
    )
}

fn outcomes(form: Value) -> String {
    let letter = |judgement: &Judgement| match judgement.outcome {
        Pass => 'p',
        Fail => 'f',
        NotApplicable => '-',
        Unknown => '?',
    };
    Case::of(form).judge().values().map(letter).collect()
}

#[test]
fn the_severities_are_those_of_the_list() {
    let letters = |severity: Severity| match severity {
        Severity::Blocks => 'B',
        Severity::Holds => 'C',
        Severity::Warns => 'W',
    };
    assert_eq!(CheckId::ALL.map(|id| letters(id.severity())).iter().collect::<String>(), "BBBBBBBBBBCWWCCBBBCC");
}

#[test]
fn each_kind_of_basis_has_its_own_list() {
    //                                       W01       W11       W20
    assert_eq!(outcomes(warrant()), "ppp??pp??-?p?-pp?ppp", "a federal search warrant");
    assert_eq!(outcomes(subpoena()), "ppp-?pp??-?f--pp?ppp", "a subpoena: no judge, but a court and a clerk");
    assert_eq!(outcomes(mandate()), "p-----p-?------p-ppp", "a standing mandate: no court, no service, nobody named");
    assert_eq!(outcomes(emergency()), "------p??------p?ppp", "an emergency: facts and a call");
    assert_eq!(of_new_mexico(&json!({})).find(CheckId::W14), (Pass, How::SwornStatementRecorded));
}

#[test]
fn what_does_not_concern_a_basis_says_why() {
    for (form, how) in [(mandate(), How::NoProcess), (emergency(), How::NoPaper)] {
        let case = Case { document: None, ..Case::of(form) };
        for id in [CheckId::W02, CheckId::W04, CheckId::W06, CheckId::W15, CheckId::W16] {
            assert_eq!(case.find(id), (NotApplicable, how), "{id}");
        }
    }
}

#[test]
fn w01_looks_at_the_instrument() {
    for instrument in Instrument::ALL {
        let mut case = federal(&json!({}));
        case.basis.instrument = Some(instrument);
        let is_good = matches!(instrument, Instrument::SearchWarrant | Instrument::CourtOrder);
        assert_eq!(case.find(CheckId::W01).0, if is_good { Pass } else { Fail }, "{instrument}");
    }
}

#[test]
fn an_immigration_court_blocks_and_a_court_that_nobody_knows_only_holds() {
    let w03 = |court: &str| federal(&json!({ "/court": court })).judge()[&CheckId::W03];
    let found = w03("El Paso Immigration Court");
    assert_eq!((found.outcome, found.severity, found.how), (Fail, Severity::Blocks, How::ImmigrationAuthority));
    let found = w03("Court of Nowhere");
    assert_eq!((found.outcome, found.severity, found.how), (Fail, Severity::Holds, How::CourtUnknown));
    assert_eq!(federal(&json!({ "/court": "D H S" })).find(CheckId::W02), (Fail, How::ImmigrationAuthority));
    assert_eq!(federal(&json!({ "/court": "Court of Nowhere" })).find(CheckId::W02), (Unknown, How::HeaderToBeSeen));
    let extended = CourtRegistry::parse(
        "[[court]]\nid = \"x\"\nname = \"Court of Nowhere\"\nsystem = \"state\"\nlevel = \"district\"\n",
    );
    let case = federal(&json!({ "/court": "Court of Nowhere" }));
    assert_eq!(case.judge_with(&extended.unwrap())[&CheckId::W03].outcome, Pass);
}

#[test]
fn w04_is_for_a_person_to_see_and_an_immigration_judge_is_none() {
    assert_eq!(federal(&json!({})).find(CheckId::W04), (Unknown, How::SignatureToBeSeen));
    let title = json!({ "/judge_title": "Immigration Judge" });
    assert_eq!(federal(&title).find(CheckId::W04), (Fail, How::ImmigrationAuthority));
    let officer = json!({ "/judge_title": "Supervisory Deportation Officer" });
    assert_eq!(federal(&officer).find(CheckId::W04), (Fail, How::ImmigrationAuthority));
    let mut case = federal(&json!({}));
    case.paper.judge_title = None;
    assert_eq!(case.find(CheckId::W04), (Fail, How::JudgeMissing));
}

#[test]
fn w05_finds_a_form_number_in_whatever_was_typed() {
    for member in ["/court", "/docket", "/judge_title", "/directed_to", "/note"] {
        let found = federal(&json!({ (member): "Form I-205" })).find(CheckId::W05);
        assert_eq!(found, (Fail, How::DhsFormFound), "{member}");
    }
    assert_eq!(federal(&json!({ "/note": "Found on I-25" })).find(CheckId::W05), (Unknown, How::FormsToBeSeen));
}

#[test]
fn w06_wants_a_date_that_has_come_and_of_new_mexico_a_time() {
    let midnight = json!({ "/issued_at": "2026-11-27T00:00:00-07:00" });
    assert_eq!(of_new_mexico(&midnight).find(CheckId::W06), (Unknown, How::IssueTimeMissing));
    assert_eq!(federal(&midnight).find(CheckId::W06), (Pass, How::IssueDatePresent));
    let second_after = json!({ "/issued_at": "2026-11-27T00:00:01-07:00" });
    assert_eq!(of_new_mexico(&second_after).find(CheckId::W06), (Pass, How::IssueDatePresent));
    let midnight_in_london = json!({ "/issued_at": "2026-11-27T00:00:00Z" });
    assert_eq!(of_new_mexico(&midnight_in_london).find(CheckId::W06), (Pass, How::IssueDatePresent));
    let nowhere = with(warrant(), &midnight);
    let nowhere = Case::of(with(nowhere, &json!({ "/court": "Court of Nowhere" })));
    assert_eq!(nowhere.find(CheckId::W06), (Unknown, How::IssueTimeMissing));
    let mut case = federal(&json!({}));
    case.now = at("2026-11-27T17:29:59.999999Z");
    assert_eq!(case.find(CheckId::W06), (Fail, How::IssueDateInFuture));
    case.paper.issued_at = None;
    assert_eq!(case.find(CheckId::W06), (Fail, How::IssueDateMissing));
}

#[test]
fn w07_is_judged_at_the_instant() {
    let mut case = federal(&json!({}));
    case.now = at("2026-12-04T06:59:59.999999Z");
    assert_eq!(case.find(CheckId::W07), (Pass, How::InWindow));
    case.now = at("2026-12-04T07:00:00Z");
    assert_eq!(case.find(CheckId::W07), (Fail, How::WindowOver));
}

#[test]
fn w08_to_w11_are_compared_with_the_paper_by_a_person() {
    let case = federal(&json!({ "/identity_match": "Name and birth date agree" }));
    assert_eq!(case.find(CheckId::W08), (Unknown, How::MatchToBeCompared));
    assert_eq!(federal(&json!({})).find(CheckId::W08), (Unknown, How::MatchNotRecorded));
    let mut nobody = federal(&json!({}));
    nobody.basis.scope.residents = zaguan::domain::legal_basis::ResidentScope::Listed(BTreeSet::new());
    assert_eq!(nobody.find(CheckId::W08), (Fail, How::NobodyNamed));
    let period = json!({ "/scope/period": { "from": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z" } });
    assert_eq!(federal(&period).find(CheckId::W10), (Unknown, How::PeriodToBeCompared));
    let directed = |to: &str| federal(&json!({ "/directed_to": to })).find(CheckId::W11);
    assert_eq!(directed("Custodian of Records, CITY OF LAS CRUCES"), (Pass, How::DirectedToCity));
    assert_eq!(directed("El Paso Electric"), (Unknown, How::DirectedElsewhere));
}

#[test]
fn w13_keeps_to_the_wall_clock_of_las_cruces() {
    let served = |at: &str| federal(&json!({ "/served_at": at })).find(CheckId::W13);
    assert_eq!(served("2026-11-28T06:00:00-07:00"), (Pass, How::ServedByDay));
    assert_eq!(served("2026-11-28T05:59:59-07:00"), (Fail, How::ServedAtNight));
    assert_eq!(served("2026-11-27T21:59:59-07:00"), (Pass, How::ServedByDay));
    assert_eq!(served("2026-11-27T22:00:00-07:00"), (Fail, How::ServedAtNight));
    let any_time = json!({ "/served_at": "2026-11-28T03:00:00-07:00", "/any_time": true });
    assert_eq!(federal(&any_time).find(CheckId::W13), (Pass, How::AnyTimeAuthorized));
    assert_eq!(federal(&json!({})).find(CheckId::W13), (Unknown, How::ServiceTimeNotRecorded));
    // In summer the wall clock is six hours behind UTC: 12:00 UTC is six in the morning.
    let mut summer = federal(&json!({}));
    summer.paper.served_at = Some(at("2026-07-01T12:00:00Z"));
    assert_eq!(summer.find(CheckId::W13), (Pass, How::ServedByDay));
    let order = federal(&json!({ "/instrument": "court_order" }));
    assert_eq!(order.find(CheckId::W13), (NotApplicable, How::OnlySearchWarrants));
}

#[test]
fn w14_is_for_search_warrants_of_new_mexico() {
    let missing = json!({ "/sworn_statement_attached": false });
    assert_eq!(of_new_mexico(&missing).find(CheckId::W14), (Fail, How::SwornStatementMissing));
    assert_eq!(of_new_mexico(&json!({ "/affiant": null })).find(CheckId::W14), (Fail, How::SwornStatementMissing));
    assert_eq!(federal(&json!({})).find(CheckId::W14), (NotApplicable, How::OnlyNewMexicoWarrants));
    let nowhere = federal(&json!({ "/court": "Court of Nowhere" }));
    assert_eq!(nowhere.find(CheckId::W14), (Unknown, How::SwornStatementMissing));
}

#[test]
fn w15_compares_the_docket_with_court_and_date() {
    let docket = |docket: Value| federal(&json!({ "/docket": docket })).find(CheckId::W15);
    assert_eq!(docket(json!("2:26-mj-01234")), (Pass, How::DocketFits));
    assert_eq!(docket(Value::Null), (Fail, How::DocketMissing));
    assert_eq!(docket(json!("2:26-mj-1234")), (Fail, How::DocketMalformed));
    assert_eq!(docket(json!("2:26-mj-00000")), (Fail, How::DocketMalformed));
    assert_eq!(docket(json!("2:24-mj-01234")), (Fail, How::DocketOfOtherYear));
    assert_eq!(docket(json!("D-307-SW-2026-00017")), (Fail, How::DocketOfOtherCourt));
    let nowhere = federal(&json!({ "/court": "Court of Nowhere" }));
    assert_eq!(nowhere.find(CheckId::W15), (Unknown, How::DocketNotCompared));
}

#[test]
fn w16_wants_a_scan_of_every_paper_of_a_court() {
    let without = |form: Value| Case { document: None, ..Case::of(form) }.find(CheckId::W16);
    assert_eq!(without(warrant()), (Fail, How::ScanMissing));
    assert_eq!(without(subpoena()), (Fail, How::ScanMissing));
    assert_eq!(without(with(mandate(), &json!({ "/instrument": "agreement" }))), (Unknown, How::CopyToBeFound));
    let mut empty = federal(&json!({}));
    empty.document = empty.document.map(|document| DocumentFacts { pages: 0, ..document });
    assert_eq!(empty.find(CheckId::W16), (Fail, How::ScanMissing));
}

#[test]
fn w18_wants_another_person() {
    let by = |verifier| Case { verifier, ..federal(&json!({})) }.find(CheckId::W18);
    assert_eq!(by(Some("ana")), (Pass, How::SecondPerson));
    assert_eq!(by(Some("Rosa")), (Fail, How::SamePerson));
    assert_eq!(by(None), (Unknown, How::NobodyYet));
}

#[test]
fn w19_and_w20_look_at_what_became_of_it() {
    let mut case = federal(&json!({ "/max_uses": 2 }));
    case.basis.uses = 1;
    assert_eq!(case.find(CheckId::W19), (Pass, How::UsesLeft));
    case.basis.uses = 2;
    assert_eq!(case.find(CheckId::W19), (Fail, How::NoUsesLeft));
    case.basis.status = Status::Revoked { at: now() };
    let found = case.judge()[&CheckId::W20];
    assert_eq!((found.outcome, found.severity, found.how), (Fail, Severity::Blocks, How::Withdrawn));
    case.basis.status = Status::Verified { at: now() - TimeDelta::hours(24) };
    case.verifier = None;
    assert_eq!(case.find(CheckId::W20), (Pass, How::NothingWithdrawn));
    case.now += TimeDelta::microseconds(1);
    assert_eq!(case.find(CheckId::W20), (Fail, How::VerificationTooOld));
    case.verifier = Some("ana");
    assert_eq!(case.find(CheckId::W20), (Pass, How::NothingWithdrawn));
}

fn answer(outcome: CheckOutcome) -> Answer {
    Answer { outcome, note: None, call_back: None }
}

fn noted(outcome: CheckOutcome) -> Answer {
    Answer { note: Some("seen by me".to_owned()), ..answer(outcome) }
}

fn call(number: &str) -> CallBack {
    let spoken_with = "Deputy clerk".to_owned();
    CallBack { number: number.to_owned(), number_source: NumberSource::CityDirectory, spoken_with, at: now() }
}

/// Counsel, with the numbers of the paper at hand.
fn counsel() -> SettleRules {
    let numbers_on_paper = vec!["575-555-0100".to_owned()];
    let call_back = CallBackRules { numbers_on_paper, is_record_required: true };
    SettleRules { is_counsel: true, call_back, now: now() }
}

/// What a careful counsel answers to a good federal warrant.
fn careful() -> BTreeMap<CheckId, Answer> {
    let called = Answer { call_back: Some(call("505-555-0199")), ..answer(Pass) };
    [CheckId::W04, CheckId::W05, CheckId::W08, CheckId::W09]
        .map(|id| (id, answer(Pass)))
        .into_iter()
        .chain([(CheckId::W11, noted(Pass)), (CheckId::W17, called)])
        .collect()
}

fn settled(case: &Case, answers: &BTreeMap<CheckId, Answer>) -> Settled {
    settle(&case.judge(), answers, &counsel())
}

/// The careful answers with one put in place of another.
fn with_answer(id: CheckId, answer: Answer) -> Settled {
    let mut answers = careful();
    answers.insert(id, answer);
    settled(&federal(&json!({})), &answers)
}

fn fault(settled: &Settled, id: CheckId) -> Option<AnswerFault> {
    settled.checks.iter().find(|check| check.id == id).and_then(|check| check.fault)
}

#[test]
fn a_good_warrant_carefully_answered_may_be_verified() {
    let settled = settled(&federal(&json!({})), &careful());
    assert!(settled.may_verify(), "{settled:?}");
    let by = |id| settled.checks.iter().find(|check| check.id == id).unwrap().judged_by;
    assert_eq!((by(CheckId::W01), by(CheckId::W17)), (JudgedBy::Program, JudgedBy::Person));
}

#[test]
fn what_nobody_answered_stays_open() {
    let settled = settled(&federal(&json!({})), &BTreeMap::new());
    let open = [CheckId::W04, CheckId::W05, CheckId::W08, CheckId::W09, CheckId::W11, CheckId::W17];
    assert_eq!(settled.open, open);
    let nothing = settle(&BTreeMap::new(), &BTreeMap::new(), &counsel());
    assert_eq!(nothing.open.len(), 18);
}

#[test]
fn each_check_that_blocks_or_holds_is_needed() {
    for id in CheckId::ALL.into_iter().filter(|id| id.severity() != Severity::Warns) {
        for outcome in [Fail, Unknown] {
            let settled = with_answer(id, noted(outcome));
            assert_eq!(settled.open, [id], "{id} {outcome}");
        }
    }
    for id in [CheckId::W12, CheckId::W13] {
        assert!(with_answer(id, answer(Fail)).may_verify(), "{id} is only noted");
    }
}

#[test]
fn nobody_passes_by_hand_what_blocks_and_failed() {
    let case = Case { document: None, ..federal(&json!({ "/court": "Immigration Court" })) };
    let everything: BTreeMap<_, _> = CheckId::ALL.into_iter().map(|id| (id, noted(Pass))).collect();
    let settled = settled(&case, &everything);
    for id in [CheckId::W02, CheckId::W03, CheckId::W16] {
        assert_eq!(fault(&settled, id), Some(AnswerFault::ProgramFailed), "{id}");
        assert!(settled.open.contains(&id) && settled.failed().any(|failed| failed == id));
    }
}

#[test]
fn only_the_program_knows_whether_there_is_a_second_person() {
    let case = Case { verifier: None, ..federal(&json!({})) };
    let mut answers = careful();
    answers.insert(CheckId::W18, noted(Pass));
    let settled = settled(&case, &answers);
    assert_eq!(fault(&settled, CheckId::W18), Some(AnswerFault::ProgramOnly));
    assert_eq!(settled.open, [CheckId::W18]);
}

#[test]
fn a_hold_is_lifted_by_counsel_with_a_note_and_not_otherwise() {
    let case = federal(&json!({ "/docket": "miscellaneous 7", "/court": "Court of Nowhere" }));
    let with_both = |answer: &Answer, rules: &SettleRules| {
        let mut answers = careful();
        for id in [CheckId::W02, CheckId::W03, CheckId::W14, CheckId::W15] {
            answers.insert(id, answer.clone());
        }
        settle(&case.judge(), &answers, rules)
    };
    assert!(with_both(&noted(Pass), &counsel()).may_verify());
    let silent = with_both(&answer(Pass), &counsel());
    assert_eq!(silent.open, [CheckId::W03, CheckId::W14, CheckId::W15]);
    assert_eq!(fault(&silent, CheckId::W15), Some(AnswerFault::NoNote));
    let blank = Answer { note: Some("  ".to_owned()), ..answer(Pass) };
    assert_eq!(fault(&with_both(&blank, &counsel()), CheckId::W03), Some(AnswerFault::NoNote));
    let supervisor = SettleRules { is_counsel: false, ..counsel() };
    let refused = with_both(&noted(Pass), &supervisor);
    assert_eq!(fault(&refused, CheckId::W03), Some(AnswerFault::NotCounsel));
    assert!(!refused.may_verify());
}

#[test]
fn to_whom_a_paper_is_directed_counsel_answers_with_a_word_where_nothing_was_recorded() {
    let case = federal(&json!({}));
    let mut answers = careful();
    answers.insert(CheckId::W11, answer(Pass));
    assert!(settled(&case, &answers).may_verify());
    let supervisor = SettleRules { is_counsel: false, ..counsel() };
    assert_eq!(fault(&settle(&case.judge(), &answers, &supervisor), CheckId::W11), Some(AnswerFault::NotCounsel));
    // Where what was recorded speaks against it, the word is not enough.
    let elsewhere = federal(&json!({ "/directed_to": "El Paso Electric" }));
    assert_eq!(fault(&settled(&elsewhere, &answers), CheckId::W11), Some(AnswerFault::NoNote));
}

#[test]
fn not_applicable_is_for_the_program_to_say() {
    for id in [CheckId::W04, CheckId::W16, CheckId::W11] {
        let settled = with_answer(id, noted(NotApplicable));
        assert_eq!(fault(&settled, id), Some(AnswerFault::Applies), "{id}");
        assert_eq!(settled.open, [id]);
    }
    // The program says that W14 does not concern a federal warrant; ticking it changes nothing.
    for outcome in [NotApplicable, Pass] {
        let settled = with_answer(CheckId::W14, answer(outcome));
        let check = settled.checks.iter().find(|check| check.id == CheckId::W14).unwrap();
        assert_eq!((check.outcome, check.judged_by, check.fault), (NotApplicable, JudgedBy::Program, None));
        assert!(settled.may_verify());
    }
}

#[test]
fn the_clerk_is_called_on_a_number_of_the_citys_directory_and_never_on_one_of_the_paper() {
    let called = |call: Option<CallBack>| {
        let settled = with_answer(CheckId::W17, Answer { call_back: call, ..answer(Pass) });
        assert_eq!(settled.may_verify(), fault(&settled, CheckId::W17).is_none());
        fault(&settled, CheckId::W17)
    };
    assert_eq!(called(Some(call("(505) 555-0199"))), None);
    for number in
        ["575-555-0100", "(575) 555 0100", "+1 575.555.0100", "5755550100 ext. 7", "555-0100", "５７５-555-0100"]
    {
        assert_eq!(called(Some(call(number))), Some(AnswerFault::NumberOnPaper), "{number}");
    }
    for number_source in [NumberSource::Paper, NumberSource::Other] {
        let call = CallBack { number_source, ..call("505-555-0199") };
        assert_eq!(called(Some(call)), Some(AnswerFault::NumberSource));
    }
    assert_eq!(called(None), Some(AnswerFault::NoCallBack));
    assert_eq!(called(Some(call("the usual one"))), Some(AnswerFault::NoCallBack));
    let nobody = CallBack { spoken_with: " ".to_owned(), ..call("505-555-0199") };
    assert_eq!(called(Some(nobody)), Some(AnswerFault::NoCallBack));
    let tomorrow = CallBack { at: now() + TimeDelta::microseconds(1), ..call("505-555-0199") };
    assert_eq!(called(Some(tomorrow)), Some(AnswerFault::CallBackInFuture));
}

#[test]
fn a_country_code_written_in_two_ways_hides_no_number() {
    let numbers_on_paper = vec!["+1 575 555 0100".to_owned()];
    let rules = SettleRules { call_back: CallBackRules { numbers_on_paper, is_record_required: true }, ..counsel() };
    let mut answers = careful();
    answers.insert(CheckId::W17, Answer { call_back: Some(call("00575 555 0100")), ..answer(Pass) });
    let settled = settle(&federal(&json!({})).judge(), &answers, &rules);
    assert_eq!(fault(&settled, CheckId::W17), Some(AnswerFault::NumberOnPaper));
}

#[test]
fn what_the_program_found_to_fail_is_not_forgotten_because_somebody_does_not_know() {
    let case = Case { document: None, ..federal(&json!({})) };
    let mut answers = careful();
    answers.insert(CheckId::W16, noted(Unknown));
    let settled = settled(&case, &answers);
    assert_eq!(settled.failed().collect::<Vec<_>>(), [CheckId::W16]);
}

#[test]
fn a_call_back_belongs_to_w17() {
    let settled = with_answer(CheckId::W04, Answer { call_back: Some(call("505-555-0199")), ..answer(Pass) });
    assert_eq!(fault(&settled, CheckId::W04), Some(AnswerFault::CallBackElsewhere));
    assert_eq!(settled.open, [CheckId::W04]);
}

#[test]
fn a_city_may_take_the_word_for_the_call() {
    let rules =
        SettleRules { call_back: CallBackRules { is_record_required: false, ..counsel().call_back }, ..counsel() };
    let mut answers = careful();
    answers.insert(CheckId::W17, answer(Pass));
    assert!(settle(&federal(&json!({})).judge(), &answers, &rules).may_verify());
}

#[test]
fn an_instrument_that_never_unlocks_may_never_be_verified_whatever_is_answered() {
    let everything: BTreeMap<_, _> = CheckId::ALL.into_iter().map(|id| (id, noted(Pass))).collect();
    for instrument in Instrument::ALL {
        let can_unlock = BasisKind::ALL.into_iter().any(|kind| instrument.can_unlock(kind));
        if !can_unlock {
            let case = federal(&json!({ "/instrument": instrument }));
            assert!(!settled(&case, &everything).may_verify(), "{instrument}");
        }
    }
}

#[test]
fn every_check_and_finding_is_explained_in_both_languages() {
    let checks =
        CheckId::ALL.into_iter().flat_map(|id| Language::ALL.map(|language| (id.title(language), id.help(language))));
    let (titles, helps): (Vec<_>, Vec<_>) = checks.unzip();
    let findings = How::ALL.into_iter().flat_map(|how| Language::ALL.map(|language| how.sentence(language)));
    let findings: Vec<_> = findings.collect();
    for texts in [&titles, &helps, &findings] {
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len());
        assert!(texts.iter().all(|text| text.len() > 10 && !text.contains("  ")), "{texts:?}");
    }
    assert!(titles.iter().all(|title| !title.ends_with('.')));
    let ends = |text: &&str| text.ends_with('.') || text.ends_with('?');
    assert!(helps.iter().all(ends) && findings.iter().all(ends));
}

#[test]
fn what_people_wrote_is_not_printed() {
    let answered = Answer { note: Some("Ysidra".to_owned()), call_back: Some(call("505-555-0199")), outcome: Pass };
    let settled = with_answer(CheckId::W17, answered.clone());
    let printed = format!("{settled:?} {answered:?}");
    assert!(!printed.contains("Ysidra") && !printed.contains("0199") && !printed.contains("Deputy"), "{printed}");
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let outcome = proptest::sample::select(CheckOutcome::ALL.to_vec());
    (outcome, any::<bool>(), 0_usize..3).prop_map(|(outcome, is_noted, number)| Answer {
        outcome,
        note: is_noted.then(|| "seen".to_owned()),
        call_back: ["505-555-0199", "575-555-0100"].get(number).map(|number| call(number)),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn putting_fail_or_unknown_in_place_of_an_answer_never_widens(
        answers in proptest::collection::btree_map(proptest::sample::select(CheckId::ALL.to_vec()), any_answer(), 0..20),
        id in proptest::sample::select(CheckId::ALL.to_vec()),
        is_fail in any::<bool>(),
        is_counsel in any::<bool>(),
        is_careful in any::<bool>(),
    ) {
        let program = federal(&json!({})).judge();
        let rules = SettleRules { is_counsel, ..counsel() };
        let answers = if is_careful { careful().into_iter().chain(answers).collect() } else { answers };
        let before = settle(&program, &answers, &rules);
        let mut stricter = answers.clone();
        stricter.insert(id, answer(if is_fail { Fail } else { Unknown }));
        let after = settle(&program, &stricter, &rules);
        prop_assert!(before.open.iter().all(|open| after.open.contains(open)));
        prop_assert!(id.severity() == Severity::Warns || after.open.contains(&id));
        prop_assert!(!after.may_verify() || before.may_verify());
    }

    #[test]
    fn no_answer_makes_a_pass_of_what_blocks_and_failed(
        answers in proptest::collection::btree_map(proptest::sample::select(CheckId::ALL.to_vec()), any_answer(), 0..20),
        failed in proptest::sample::select(CheckId::ALL.to_vec()),
    ) {
        let mut program = federal(&json!({})).judge();
        let judgement = Judgement { outcome: Fail, severity: Severity::Blocks, how: How::NotJudged };
        program.insert(failed, judgement);
        prop_assert!(settle(&program, &answers, &counsel()).open.contains(&failed));
    }
}
