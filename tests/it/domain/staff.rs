//! Passwords, waits, certifications, roles: the rules about people.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use zaguan::domain::staff::password::{PasswordError, check, normalised};
use zaguan::domain::staff::{
    BackOffRules, Certification, CertificationRules, Permission, Role, Roles, RolesError, Username, is_name,
};

#[test]
fn passwords_that_everybody_tries_first_are_refused_whatever_is_done_to_them() {
    let refused = [
        ("elevenchars", PasswordError::Length),
        ("maria.lopez.was.here", PasswordError::Username),
        ("I am MARIA LOPEZ!", PasswordError::Username),
        ("Zaguan2031!!", PasswordError::Local),
        ("zaguán zaguán", PasswordError::Local),
        ("Las Cruces 2031", PasswordError::Local),
        ("my zaguan 123", PasswordError::Local),
        ("aaaaaaaaaaaaaaaa", PasswordError::Monotonous),
        ("abababababab", PasswordError::Monotonous),
        ("qwertyuiop1234", PasswordError::Monotonous),
        ("poiuytrewq4321", PasswordError::Monotonous),
        ("1234567890123456", PasswordError::Monotonous),
        ("password20312031", PasswordError::Common),
        ("P4$$w0rd!!!!!", PasswordError::Common),
        ("Contraseña 12345", PasswordError::Common),
        ("iloveyouforever", PasswordError::Common),
        ("monkeymonkeymonkey", PasswordError::Common),
        ("Cambiame-2031-!", PasswordError::Common),
        ("GreenChile12345!", PasswordError::Common),
    ];
    for (password, why) in refused {
        assert_eq!(check(&normalised(password), "maria.lopez"), Err(why), "{password}");
    }
    let fine = [
        "correct horse battery fence",
        "el zaguan de mi abuela en Mesilla",
        "three roadrunners, no coyote",
        "tK9-vvLq_02pz",
        "ñandú y cóndor bajo la lluvia",
        "日本語のパスフレーズは長い方がよい",
    ];
    for password in fine {
        assert_eq!(check(&normalised(password), "maria.lopez"), Ok(()), "{password}");
    }
}

#[test]
fn a_password_has_twelve_to_256_characters_after_nfc() {
    // Eleven characters, one of them in two pieces.
    let pieces = "xk7 vq2 me\u{301}";
    assert_eq!(pieces.chars().count(), 11);
    let spelled = |length: usize| "xk7 vq2 mew".chars().cycle().take(length).collect::<String>();
    assert_eq!(check(normalised("xk7 vq2 pw me\u{301}").as_str(), "nobody"), Ok(()));
    assert_eq!(check(&normalised("xk7 vq2 pme\u{301}"), "nobody"), Err(PasswordError::Length), "eleven in NFC");
    assert_eq!(check(&spelled(256), "nobody"), Ok(()));
    assert_eq!(check(&spelled(257), "nobody"), Err(PasswordError::Length));
    assert_eq!(*normalised("e\u{301}"), *normalised("é"));
}

#[test]
fn the_list_is_long_enough_and_every_line_of_it_is_refused() {
    let list = include_str!("../../../config/common-passwords.txt");
    let lines: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 500, "{}", lines.len());
    for line in lines {
        // Digits alone have no stem: they are refused as they stand.
        let has_stem = line.contains(|c: char| c.is_alphabetic());
        let padded = format!("{line}{}", if has_stem { "2031!2031!2031!" } else { "" });
        let shortest: String = padded.chars().take(line.chars().count().max(12) + 1).collect();
        assert!(check(&shortest, "nobody").is_err(), "{shortest}");
    }
}

proptest! {
    #[test]
    fn judging_a_password_never_panics_and_short_ones_never_pass(text in "\\PC{0,40}", username in "[a-z][a-z0-9._-]{2,12}") {
        let judged = check(&normalised(&text), &username);
        if normalised(&text).chars().count() < 12 {
            prop_assert_eq!(judged, Err(PasswordError::Length));
        }
    }
}

#[test]
fn waits_begin_with_the_fifth_failure_and_double_up_to_the_longest() {
    let rules = BackOffRules {
        failures_before_wait: 5,
        first_wait: TimeDelta::seconds(30),
        longest_wait: TimeDelta::seconds(900),
    };
    let waits = |failures| rules.wait_after(failures).map(|wait| wait.num_seconds());
    assert_eq!([0, 1, 4].map(waits), [None, None, None]);
    let expected = [30, 60, 120, 240, 480, 900, 900].map(Some);
    assert_eq!([5, 6, 7, 8, 9, 10, 11].map(waits), expected);
    assert_eq!([36, 37, 69, 70, 1000, u32::MAX].map(waits), [Some(900); 6]);
}

#[test]
fn a_certification_is_due_and_runs_out_to_the_microsecond() {
    let rules = CertificationRules { period: TimeDelta::days(90), grace: TimeDelta::days(14) };
    let at: DateTime<Utc> = "2031-03-04T12:00:00Z".parse().unwrap();
    let after = |wait: TimeDelta| rules.judge(at, at + wait);
    let tick = TimeDelta::microseconds(1);
    let (due_at, suspended_at) = (at + TimeDelta::days(90), at + TimeDelta::days(104));
    assert_eq!(after(TimeDelta::days(90) - tick), Certification::Current { due_at });
    assert_eq!(after(TimeDelta::days(90)), Certification::Overdue { suspended_at });
    assert_eq!(after(TimeDelta::days(104) - tick), Certification::Overdue { suspended_at });
    assert_eq!(after(TimeDelta::days(104)), Certification::Suspended);
    assert_eq!(rules.days_to_review(at, at), 90);
    assert_eq!(rules.days_to_review(at, at + tick), 89);
    assert_eq!(rules.days_to_review(at, due_at + tick), -1);
    let strict = CertificationRules { grace: TimeDelta::zero(), ..rules };
    assert_eq!(strict.judge(at, due_at), Certification::Suspended);
}

#[test]
fn nobody_holds_admin_together_with_counsel_or_auditor_and_every_other_pair_may_meet() {
    for one in Role::ALL {
        for other in Role::ALL {
            let pair = [one, other];
            let excluded = [Role::Counsel, Role::Auditor]
                .into_iter()
                .find(|role| pair.contains(role) && pair.contains(&Role::Admin));
            assert_eq!(Roles::new(pair).err(), excluded.map(RolesError::AdminWith), "{one} and {other}");
        }
    }
    assert_eq!(Roles::new([]).err(), Some(RolesError::Empty));
}

/// Written from the description of the roles: an admin manages accounts and sees no decisions, council sees aggregates
/// only, an auditor changes nothing, and only counsel and supervisor verify.
#[test]
fn no_role_may_what_it_must_not() {
    for permission in Permission::ALL {
        let is_for_council = matches!(permission, Permission::UseOwnAccount | Permission::ReadReport);
        assert_eq!(permission.is_held_by(Role::Council), is_for_council, "{permission}");
        let reads = ["read_", "use_own_account"].iter().any(|word| permission.as_str().starts_with(word));
        assert!(reads || !permission.is_held_by(Role::Auditor), "an auditor may {permission}");
    }
    assert!(!Permission::ReadDecision.is_held_by(Role::Admin) && !Permission::ReadBasis.is_held_by(Role::Admin));
    assert_eq!(Permission::ManageStaff.roles(), [Role::Admin]);
    assert_eq!(Permission::VerifyBasis.roles(), [Role::Counsel, Role::Supervisor]);
    assert_eq!(Permission::RegisterBasis.roles(), [Role::Records]);
}

#[test]
fn usernames_are_plain_and_never_those_that_the_log_uses_for_others() {
    for name in ["ana", "maria.lopez", "j_o-2", "a23456789012345678901234567890bc"] {
        assert!(name.parse::<Username>().is_ok(), "{name}");
    }
    for name in ["", "an", "Ana", "2ana", ".ana", "ana ortiz", "ána", "operator", "service", "anonymous", "demo"] {
        assert!(name.parse::<Username>().is_err(), "{name}");
    }
    assert!("a".repeat(33).parse::<Username>().is_err());
    for name in ["Ana", "María José López-Núñez", "李"] {
        assert!(is_name(name), "{name}");
    }
    for name in ["", " ", " Ana", "Ana\n", "A\u{202e}na", &"a".repeat(101)] {
        assert!(!is_name(name), "{name:?}");
    }
}
