//! Closed sets, ids, sentences, and what must stay hidden.

use std::collections::BTreeSet;

use zaguan::domain::decision::{Effect, Obligation, Reason};
use zaguan::domain::field::FieldClass;
use zaguan::domain::ids::{DecisionId, LegalBasisId, StoreId};
use zaguan::domain::language::Language;
use zaguan::domain::legal_basis::{BasisKind, Instrument};
use zaguan::domain::requester::{Agency, Purpose, RequesterKind};
use zaguan::domain::resident::{ResidentId, ResidentIndex};

fn assert_all_different<'a>(texts: impl Iterator<Item = &'a str>, count: usize) {
    let texts: Vec<_> = texts.collect();
    assert!(texts.iter().all(|text| !text.trim().is_empty()));
    assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), count, "{texts:?}");
}

#[test]
fn every_reason_and_obligation_has_a_sentence_of_its_own_in_every_language() {
    let both = |sentence: &dyn Fn(Language) -> &'static str| Language::ALL.map(sentence);
    let reasons = Reason::ALL.into_iter().flat_map(|reason| both(&|language| reason.sentence(language)));
    let owed = Obligation::ALL.into_iter().flat_map(|owed| both(&|language| owed.sentence(language)));
    let sentences: Vec<_> = reasons.chain(owed).collect();
    assert_all_different(sentences.iter().copied(), 2 * (20 + 5));
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains("  ")));
}

#[test]
fn sentences_say_what_happens() {
    for reason in Reason::ALL {
        let [english, spanish] = Language::ALL.map(|language| reason.sentence(language));
        let is_permit = reason.effect() == Effect::Permit;
        assert_eq!(english.contains("may be released"), is_permit, "{english}");
        assert_eq!(spanish.contains("se puede entregar"), is_permit, "{spanish}");
        assert_eq!(english.contains("We cannot release"), !is_permit, "{english}");
        assert_eq!(spanish.to_lowercase().contains("no podemos entregar"), !is_permit, "{spanish}");
    }
}

#[test]
fn the_codes_of_the_contract_are_all_there() {
    let codes = "not_protected not_outbound outside_scope legal_basis unclassified_field confidential_address \
        no_legal_basis basis_not_found instrument_not_accepted basis_rejected basis_not_verified basis_revoked \
        basis_not_yet_valid basis_expired basis_used_up basis_other_store basis_other_resident basis_other_requester \
        basis_other_purpose basis_class_not_in_scope";
    assert_eq!(Reason::ALL.map(Reason::code).join(" "), codes);
    let permits: Vec<_> = Reason::ALL.into_iter().filter(|reason| reason.effect() == Effect::Permit).collect();
    assert_eq!(permits, [Reason::NotProtected, Reason::NotOutbound, Reason::OutsideScope, Reason::LegalBasis]);
}

#[test]
fn words_are_read_back_and_nothing_else_is() {
    for kind in RequesterKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        assert_eq!(serde_json::from_str::<RequesterKind>(&format!("\"{kind}\"")).unwrap(), kind);
    }
    assert!("Court".parse::<RequesterKind>().is_err());
    assert!(serde_json::from_str::<RequesterKind>("\"ice\"").is_err());
    assert_eq!((RequesterKind::ALL.len(), Purpose::ALL.len(), FieldClass::ALL.len()), (10, 11, 17));
    let error = "x\ny".repeat(60).parse::<FieldClass>().unwrap_err();
    assert!(error.word.len() == 64 && !error.word.contains('\n'));
}

#[test]
fn a_purpose_that_nobody_knows_was_not_stated() {
    for word in ["", "Other", "other ", "immigration", "OTHER", "audits"] {
        assert_eq!(Purpose::from_request(word), Purpose::NotStated, "{word:?}");
    }
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::from_request(purpose.as_str()), purpose);
        let judged = if purpose == Purpose::NotStated { Purpose::ImmigrationEnforcement } else { purpose };
        assert_eq!(purpose.judged(), judged);
    }
}

#[test]
fn classes_are_ranked_by_how_carefully_they_are_kept() {
    let rank = |class: FieldClass| match class.as_str() {
        "unclassified" => 3,
        "immigration_status" | "home_address" | "employment" => 2,
        "unprotected" => 0,
        _ => 1,
    };
    for class in FieldClass::ALL {
        assert_eq!(class.rank(), rank(class), "{class}");
    }
}

#[test]
fn only_a_judges_papers_and_laws_can_unlock() {
    let unlocking = |kind| -> Vec<_> {
        Instrument::ALL.into_iter().filter(|paper| paper.can_unlock(kind)).map(Instrument::as_str).collect()
    };
    assert_eq!(unlocking(BasisKind::JudicialWarrant), ["search_warrant", "court_order"]);
    let mandates = "judicial_subpoena grand_jury_subpoena statute regulation court_rule agreement public_records_duty";
    assert_eq!(unlocking(BasisKind::LegalMandate).join(" "), mandates);
    assert!(unlocking(BasisKind::EmergencyException).is_empty());
    assert_eq!(Instrument::ALL.len(), 20);
}

#[test]
fn a_resident_is_never_printed() {
    let id = ResidentId::new("ACCT-0048213").unwrap();
    assert_eq!(format!("{id:?} {:?}", ResidentIndex::new([7; 32])), "ResidentId(hidden) ResidentIndex(hidden)");
    assert_eq!(id.expose(), "ACCT-0048213");
    let error = ResidentId::new("ACCT\n0048213").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("0048213"));
    for wrong in [String::new(), "x".repeat(129), "a\0".to_owned()] {
        assert!(ResidentId::new(wrong).is_err());
    }
    assert!(ResidentId::new("ñ".repeat(128)).is_ok());
}

#[test]
fn agencies_are_compared_as_people_mean_them() {
    let agency = |name: &str| Agency::new(name).unwrap();
    assert_eq!(agency(" ICE  ERO\u{a0}El Paso "), agency("ｉｃｅ ero el paso"));
    assert_ne!(agency("ICE"), agency("ICE ERO"));
    assert_eq!(agency("  Policía ").as_str(), "Policía");
    for wrong in [String::new(), " \u{a0}".to_owned(), "x".repeat(201), "a\nb".to_owned()] {
        assert!(Agency::new(&wrong).is_err(), "{wrong:?}");
    }
    assert!(Agency::new(&"x".repeat(200)).is_ok());
    assert!(serde_json::from_str::<Agency>("\" \"").is_err());
    assert_eq!(serde_json::to_string(&agency(" HSI ")).unwrap(), "\"HSI\"");
}

#[test]
fn ids_are_read_strictly_and_written_in_one_way() {
    let text = "0197a1b2-0000-7000-8000-0123456789ab";
    assert_eq!(text.to_uppercase().parse::<LegalBasisId>().unwrap().to_string(), text);
    assert_eq!(serde_json::to_string(&text.parse::<DecisionId>().unwrap()).unwrap(), format!("\"{text}\""));
    assert!("not-a-uuid".parse::<DecisionId>().is_err());
    for good in ["a", "utility-billing", "0-", &"x".repeat(64)] {
        assert_eq!(good.parse::<StoreId>().unwrap().as_str(), good);
    }
    for wrong in ["", "-a", "A", "a_b", "a b", "ñ", &"x".repeat(65)] {
        assert!(wrong.parse::<StoreId>().is_err(), "{wrong}");
    }
}

#[test]
fn a_resident_id_has_one_spelling() {
    use zaguan::domain::ResidentId;
    for accepted in ["ACCT-1", "acct-1", "Nuñez 7", "x"] {
        assert_eq!(ResidentId::new(accepted).unwrap().expose(), accepted);
    }
    // Another spelling would be another resident, without the flags of the real one.
    for refused in ["", " ACCT-1", "ACCT-1\u{a0}", "ACCT-1\t", "AC\0CT", "Nun\u{303}ez 7", &"x".repeat(129)] {
        assert!(ResidentId::new(refused).is_err(), "{refused:?}");
    }
}
