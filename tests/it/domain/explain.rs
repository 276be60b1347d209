//! The explanation of a decision agrees with the decision, for every combination, and claims nothing that is not so.

use std::collections::BTreeSet;

use zaguan::domain::decision::explain::{Answered, Finding, Rule, checks_of_basis, explain};
use zaguan::domain::decision::{Ask, Facts, FieldDecision, Obligation, Reason, decide};
use zaguan::domain::field::FieldClass;
use zaguan::domain::legal_basis::{LegalBasis, Status};
use zaguan::domain::requester::{Purpose, RequesterKind};

use super::oracle::FURTHEST_LAST;
use super::scene::{self, EMERGENCY, MANDATE, MIXED, SHIPPED, Table, WARRANT};

/// One question with its answer.
struct Case<'a> {
    table: Table,
    is_limited: bool,
    is_confidential: bool,
    ask: &'a Ask,
    class: FieldClass,
    answer: FieldDecision,
}

fn bases() -> Vec<Option<LegalBasis>> {
    let mut bases: Vec<_> = [WARRANT, MANDATE, EMERGENCY].map(|kind| Some(scene::good_basis(kind))).into();
    bases.push(Some(LegalBasis { status: Status::Registered, ..scene::good_basis(WARRANT) }));
    bases.push(Some(LegalBasis { valid_until: Some(scene::now()), ..scene::good_basis(MANDATE) }));
    bases.push(None);
    bases
}

#[test]
fn every_rule_says_what_is_so_and_the_one_that_decided_matches() {
    let (mut count, mut seen) = (0, BTreeSet::new());
    for table in [SHIPPED, MIXED] {
        for (scope, is_limited) in [("all_external", false), ("solely_federal_immigration", true)] {
            let policy = scene::policy(table, scope);
            for class in FieldClass::ALL {
                for requester in RequesterKind::ALL {
                    for purpose in Purpose::ALL {
                        for (basis, cites) in bases().into_iter().map(|basis| (basis, true)).chain([(None, false)]) {
                            let ask = Ask { requester_kind: requester, purpose, ..scene::ask(class, cites) };
                            let on_file = scene::on_file(basis);
                            for is_confidential in [false, true] {
                                let facts = Facts { is_confidential, bases: &on_file };
                                let decision = decide(&ask, &facts, &policy, scene::now());
                                let answer = decision.fields[0];
                                let is_redisclosure_prohibited =
                                    decision.obligations.contains(&Obligation::RedisclosureProhibited);
                                let answered = Answered {
                                    class,
                                    reason: answer.reason,
                                    purpose,
                                    is_cited: cites,
                                    is_redisclosure_prohibited,
                                };
                                let case = Case { table, is_limited, is_confidential, ask: &ask, class, answer };
                                check(&case, &explain(&answered));
                                seen.insert(answer.reason);
                                count += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(count, 2 * 2 * 17 * 10 * 11 * 7 * 2);
    assert!(seen.len() >= 10, "{seen:?}");
}

fn check(case: &Case<'_>, explained: &[(Rule, Finding)]) {
    let said = || format!("{:?} {:?} {:?} {explained:?}", case.class, case.ask.requester_kind, case.answer);
    assert_eq!(explained.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), Rule::ALL, "{}", said());
    let expected = deciding(case);
    for (rule, finding) in explained {
        match rule.cmp(&expected) {
            std::cmp::Ordering::Less => assert!(is_so(case, *finding), "{rule}: {finding}; {}", said()),
            std::cmp::Ordering::Equal => assert_eq!(*finding, Finding::Matched, "{}", said()),
            std::cmp::Ordering::Greater => assert_eq!(*finding, Finding::NotReached, "{}", said()),
        }
    }
}

/// The first rule of the page that holds, told from the question and not from the answer; only whether a basis opens is
/// taken from the answer.
fn deciding(case: &Case<'_>) -> Rule {
    let rows = [
        (Rule::Unclassified, case.class == FieldClass::Unclassified),
        (Rule::Confidential, is_address(case) && case.is_confidential),
        (Rule::NotProtected, !is_protected(case)),
        (Rule::NotOutbound, is_inside(case) && !is_enforcement(case)),
        (Rule::OutsideScope, case.is_limited && !is_enforcement(case)),
        (Rule::LegalBasis, case.answer.reason == Reason::LegalBasis),
        (Rule::Otherwise, true),
    ];
    rows.into_iter().find(|(_, holds)| *holds).unwrap().0
}

fn is_so(case: &Case<'_>, finding: Finding) -> bool {
    match finding {
        Finding::Matched | Finding::NotReached => false,
        Finding::HasClass => case.class != FieldClass::Unclassified,
        Finding::OtherClass => !is_address(case),
        Finding::NotMarked => is_address(case) && !case.is_confidential,
        Finding::IsProtected => is_protected(case),
        Finding::ForEnforcement => is_enforcement(case),
        Finding::LeavesCity => !is_inside(case),
        Finding::CoversEverything => !case.is_limited,
        Finding::NoneCited => case.ask.legal_bases.is_empty(),
        Finding::NoneOpens => !case.ask.legal_bases.is_empty(),
    }
}

fn is_address(case: &Case<'_>) -> bool {
    matches!(case.class, FieldClass::HomeAddress | FieldClass::Contact)
}

fn is_protected(case: &Case<'_>) -> bool {
    case.table.iter().any(|(class, _)| *class == case.class)
}

fn is_inside(case: &Case<'_>) -> bool {
    matches!(case.ask.requester_kind, RequesterKind::CityDepartment | RequesterKind::ResidentSelf)
}

fn is_enforcement(case: &Case<'_>) -> bool {
    matches!(case.ask.purpose, Purpose::ImmigrationEnforcement | Purpose::NotStated)
}

#[test]
fn the_checks_of_a_basis_stand_in_the_order_of_the_policy_up_to_the_one_that_failed() {
    let about_bases = &FURTHEST_LAST[1..];
    for reason in Reason::ALL {
        let checks = checks_of_basis(reason);
        let names: Vec<&str> = checks.iter().map(|(check, _)| check.code()).collect();
        let Some(failed) = about_bases.iter().position(|code| *code == reason.code()) else {
            let is_opened = reason == Reason::LegalBasis;
            assert_eq!(checks.len(), if is_opened { about_bases.len() } else { 0 }, "{reason}");
            assert!(checks.iter().all(|(_, passed)| *passed == Some(true)), "{reason}");
            continue;
        };
        assert_eq!(names, about_bases, "{reason}");
        let passed: Vec<Option<bool>> = checks.into_iter().map(|(_, passed)| passed).collect();
        assert!(passed[..failed].iter().all(|passed| *passed == Some(true)), "{reason}");
        assert_eq!(passed[failed], Some(false), "{reason}");
        assert!(passed[failed + 1..].iter().all(Option::is_none), "{reason}");
    }
}
