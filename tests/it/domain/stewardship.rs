//! Proposals about classes: what they would do, who may settle them, how a row of a catalogue gets another class.

use zaguan::domain::ProposalId;
use zaguan::domain::decision::Policy;
use zaguan::domain::field::{CatalogDiff, FieldClass, FieldName, StoreCatalog};
use zaguan::domain::stewardship::{
    FieldPlace, MayNotSettle, Proposal, ProposalStatus, ReasonError, Shift, is_withheld, reason_of,
};

fn policy() -> Policy {
    Policy::parse(include_str!("../../../config/policy.toml")).unwrap()
}

fn billing() -> StoreCatalog {
    StoreCatalog::parse(include_str!("../../../config/catalog/utility-billing.toml")).unwrap()
}

fn name(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

fn proposal(status: ProposalStatus) -> Proposal {
    Proposal {
        id: ProposalId::new(uuid::Uuid::from_u128(1)),
        store: "utility-billing".parse().unwrap(),
        field: name("visa_no"),
        is_new: true,
        from: FieldClass::Unclassified,
        to: FieldClass::ImmigrationStatus,
        reason: "It tells a visa.".to_owned(),
        proposed_by: "d.chavez".to_owned(),
        proposed_at: "2031-03-04T12:00:00Z".parse().unwrap(),
        status,
        settled: None,
    }
}

#[test]
fn whatever_lets_a_field_out_that_stayed_in_lowers_its_protection() {
    use FieldClass::{Contact, Employment, HomeAddress, Medical, Unclassified, Unprotected};
    let policy = policy();
    assert!(!is_withheld(Contact, &policy), "the shipped policy protects the three of the resolution alone");
    let expected = [
        // Nobody had judged it: protected from now on, or let out.
        (Unclassified, HomeAddress, Shift::First),
        (Unclassified, Contact, Shift::Lowers),
        (Unclassified, Unprotected, Shift::Lowers),
        (HomeAddress, Unprotected, Shift::Lowers),
        (HomeAddress, Contact, Shift::Lowers),
        // Other legal bases open it.
        (HomeAddress, Employment, Shift::Exchanges),
        (Contact, Medical, Shift::Exchanges),
        (Contact, Unprotected, Shift::Lowers),
        (Unprotected, Contact, Shift::Raises),
        (Contact, HomeAddress, Shift::Raises),
        (Unprotected, HomeAddress, Shift::Raises),
        (HomeAddress, Unclassified, Shift::Raises),
        (Unprotected, Unclassified, Shift::Raises),
    ];
    for (from, to, shift) in expected {
        assert_eq!(Shift::between(from, to, &policy), shift, "{from} to {to}");
    }
}

#[test]
fn no_change_of_class_that_opens_anything_is_called_harmless() {
    let policy = policy();
    for from in FieldClass::ALL {
        for to in FieldClass::ALL {
            let opens = is_withheld(from, &policy) && !is_withheld(to, &policy);
            assert_eq!(opens, opens && Shift::between(from, to, &policy) == Shift::Lowers, "{from} to {to}");
        }
    }
}

#[test]
fn nobody_settles_what_they_proposed_and_nobody_else_takes_it_back() {
    let open = proposal(ProposalStatus::Open);
    assert_eq!(open.may_be_settled_by("c.montoya"), Ok(()));
    assert_eq!(open.may_be_settled_by("d.chavez"), Err(MayNotSettle::SamePerson));
    assert_eq!(open.may_be_withdrawn_by("d.chavez"), Ok(()));
    assert_eq!(open.may_be_withdrawn_by("c.montoya"), Err(MayNotSettle::NotYours));
    for status in [ProposalStatus::Approved, ProposalStatus::Declined, ProposalStatus::Withdrawn] {
        let settled = proposal(status);
        for person in ["c.montoya", "d.chavez"] {
            assert_eq!(settled.may_be_settled_by(person), Err(MayNotSettle::Settled(status)));
            assert_eq!(settled.may_be_withdrawn_by(person), Err(MayNotSettle::Settled(status)));
        }
    }
}

#[test]
fn a_reason_says_something_on_one_line() {
    assert_eq!(reason_of("  It tells\r\n where somebody\tlives. ").unwrap(), "It tells where somebody lives.");
    assert_eq!(reason_of("Nine char"), Err(ReasonError::Length));
    assert_eq!(reason_of("ten chars!").unwrap(), "ten chars!");
    assert_eq!(reason_of(&"x".repeat(500)).unwrap().len(), 500);
    assert_eq!(reason_of(&"x".repeat(501)), Err(ReasonError::Length));
    assert_eq!(reason_of(&" ".repeat(40)), Err(ReasonError::Length));
    assert_eq!(reason_of("An invisible\u{200B} character."), Err(ReasonError::Unseen));
    assert_eq!(reason_of("A bell\u{7} in the text."), Err(ReasonError::Unseen));
}

#[test]
fn another_class_takes_its_aliases_along_and_leaves_the_rest_alone() {
    let old = billing();
    let field = name("Service_Address");
    let new = old.with_class(&field, FieldClass::Employment, "c.montoya", "It is a place of work.").unwrap();
    let row = new.find(&field).unwrap();
    assert_eq!(new.class_of(row), FieldClass::Employment);
    assert_eq!(row.reviewed_by.as_deref(), Some("c.montoya"));
    assert_eq!(old.class_in_force(&field), FieldClass::HomeAddress, "the old one is as it was");
    let diff = CatalogDiff::between(&old, &new);
    assert!(diff.added.is_empty() && diff.removed.is_empty());
    let changed: Vec<&str> = diff.changed.iter().map(|change| change.name.as_str()).collect();
    let mut expected = ["service_address", "serv_addr_1", "serv_addr_2", "direccion_servicio", "dirección_servicio"];
    expected.sort_unstable();
    assert_eq!(changed, expected);
    assert_ne!(old.sha256(), new.sha256());
}

#[test]
fn a_field_that_was_not_there_is_added_and_a_contradiction_is_not() {
    let old = billing();
    assert_eq!(old.class_in_force(&name("visa_no")), FieldClass::Unclassified);
    let new = old.with_class(&name("visa_no"), FieldClass::ImmigrationStatus, "c.montoya", "It tells a visa.").unwrap();
    assert_eq!(new.classify(&name("visa_no")), FieldClass::ImmigrationStatus);
    assert_eq!(new.fields().len(), old.fields().len() + 1);
    // A container that would carry out what is kept inside it.
    let faults = old.with_class(&name("mailing_address"), FieldClass::Unprotected, "c.montoya", "A box for letters.");
    assert!(faults.unwrap_err()[0].to_string().contains("mailing_address"));
}

#[test]
fn what_stands_for_a_field_in_a_url_says_nothing_of_its_name() {
    let place = FieldPlace::of(&"utility-billing".parse().unwrap(), &name("Maria.Lopez@example.org"));
    let text = place.to_string();
    assert!(text.starts_with("utility-billing.") && text.len() == "utility-billing.".len() + 16, "{text}");
    assert_eq!(text.parse::<FieldPlace>().unwrap(), place);
    assert_eq!(name("VISA_NO").key(), name("visa_no").key(), "one field, one place");
    assert_ne!(name("visa_no").key(), name("visa_nr").key());
    for wrong in ["", "x", "utility-billing", "utility-billing.00", "Bad.0123456789abcdef", "a.0123456789ABCDEF"] {
        assert!(wrong.parse::<FieldPlace>().is_err(), "{wrong}");
    }
}
