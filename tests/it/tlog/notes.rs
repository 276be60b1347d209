//! Signed notes against C2SP's text, Go's examples and the crate `signed_note`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use signed_note::{self as theirs, Signer as _};
use zaguan::tlog::note::{MAX_NOTE_BYTES, MAX_SIGNATURES, MAX_TEXT_BYTES, sign};
use zaguan::tlog::{Note, NoteError, Signer, Verifier};

use super::keys::PRINTED;
use super::support::{bit_flips, known, signer};

const C2SP: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

const PETER_TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH: &str =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(vkey: &str) -> Verifier {
    Verifier::parse(vkey).unwrap()
}

fn peter() -> Verifier {
    key(PRINTED[1])
}

fn enoch() -> Verifier {
    key(PRINTED[2])
}

fn open(note: &str, known: &[Verifier]) -> Result<Note, NoteError> {
    Note::open(note.as_bytes(), known)
}

#[test]
fn the_example_of_the_specification_opens() {
    let note = open(C2SP, &[key(PRINTED[0])]).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.verified()[0].name(), "example.com/foo");
    assert_eq!((note.verified()[0].key_id(), note.verified()[0].bytes().len()), (0x530d_903a, 64));
    assert!(note.unverified().is_empty());
}

#[test]
fn signing_gives_the_bytes_that_go_prints() {
    let secret = STANDARD.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").unwrap();
    let signer = Signer::new("PeterNeumann", secret[1..].try_into().unwrap()).unwrap();
    assert_eq!(sign(PETER_TEXT, &[&signer]).unwrap(), format!("{PETER_TEXT}\n{PETER}"));
}

#[test]
fn unknown_keys_are_ignored_but_one_known_key_must_have_signed() {
    let both = format!("{PETER_TEXT}\n{PETER}{ENOCH}");
    let names = |note: &Note| {
        let of = |signatures: &[zaguan::tlog::Signature]| {
            signatures.iter().map(|signature| signature.name().to_owned()).collect::<Vec<_>>()
        };
        (of(note.verified()), of(note.unverified()))
    };
    let opened = open(&both, &[peter(), enoch()]).unwrap();
    assert_eq!(names(&opened), (vec!["PeterNeumann".into(), "EnochRoot".into()], vec![]));
    let opened = open(&both, &[enoch()]).unwrap();
    assert_eq!(names(&opened), (vec!["EnochRoot".into()], vec!["PeterNeumann".into()]));
    assert_eq!(open(&both, &[]), Err(NoteError::Unverified));
    assert_eq!(open(&both, &known()), Err(NoteError::Unverified));
}

#[test]
fn a_known_key_whose_signature_fails_spoils_the_note_for_all() {
    let other_text = format!("another text\n\n{PETER}");
    assert_eq!(open(&other_text, &[peter()]), Err(NoteError::BadSignature("PeterNeumann".into())));
    let own = sign("another text\n", &[&signer()]).unwrap();
    let note = format!("{own}{PETER}");
    assert!(open(&note, &known()).is_ok());
    assert_eq!(open(&note, &[known(), vec![peter()]].concat()), Err(NoteError::BadSignature("PeterNeumann".into())));
}

#[test]
fn of_repeated_signatures_the_first_counts_as_in_go() {
    let note = open(&format!("{PETER_TEXT}\n{PETER}{PETER}{ENOCH}{ENOCH}"), &[peter()]).unwrap();
    assert_eq!((note.verified().len(), note.unverified().len()), (1, 1));
    // The second line of a known key is not looked at when the first verified …
    let bad = PETER.replace("x08go/ZJ", "x08go/ZK");
    assert!(open(&format!("{PETER_TEXT}\n{PETER}{bad}"), &[peter()]).is_ok());
    // … but a bad first line spoils the note.
    let spoiled = Err(NoteError::BadSignature("PeterNeumann".into()));
    assert_eq!(open(&format!("{PETER_TEXT}\n{bad}{PETER}"), &[peter()]), spoiled);
}

#[test]
fn a_name_or_an_id_alone_does_not_make_a_key_known() {
    let renamed = PETER.replace("PeterNeumann", "PeterNeuman");
    assert_eq!(open(&format!("{PETER_TEXT}\n{renamed}"), &[peter()]), Err(NoteError::Unverified));
    let other_id = PETER.replace("x08go/", "x08gp/");
    assert_eq!(open(&format!("{PETER_TEXT}\n{other_id}"), &[peter()]), Err(NoteError::Unverified));
}

#[test]
fn the_same_key_known_twice_is_no_ambiguity() {
    assert!(open(&format!("{PETER_TEXT}\n{PETER}"), &[peter(), peter()]).is_ok());
}

#[test]
fn two_known_keys_that_share_name_and_id_are_refused_as_ambiguous() {
    // Found by search: ids are only 32 bits, and these two collide.
    let signers = [68_694_u32, 103_129].map(|number| {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        Signer::new("log.example/one", &seed).unwrap()
    });
    let [one, two] = signers.each_ref().map(|signer| signer.verifier().clone());
    assert_eq!((one.key_id(), two.key_id()), (0x084b_6eba, 0x084b_6eba));
    let note = sign("text\n", &[&signers[0]]).unwrap();
    assert!(open(&note, std::slice::from_ref(&one)).is_ok());
    assert_eq!(open(&note, std::slice::from_ref(&two)), Err(NoteError::BadSignature("log.example/one".into())));
    for known in [[one.clone(), two.clone()], [two, one]] {
        assert_eq!(open(&note, &known), Err(NoteError::AmbiguousKey("log.example/one".into())));
    }
}

#[test]
fn the_text_ends_at_the_last_blank_line() {
    for text in ["\n", "\n\n", "a\n\nb\n", "a\n\n\n", "\n\n\na\n", "a\n\n— b AAAAAAA=\n"] {
        let note = sign(text, &[&signer()]).unwrap();
        assert_eq!(open(&note, &known()).unwrap().text(), text);
    }
}

#[test]
fn malformed_notes_are_refused() {
    let cases = [
        (format!("{PETER_TEXT}{PETER}"), NoteError::NoSignatures),
        (format!("{PETER_TEXT}\n"), NoteError::NoSignatures),
        (format!("{PETER_TEXT}\n{}", PETER.trim_end()), NoteError::NoSignatures),
        (format!("{PETER_TEXT}\n{PETER}\n"), NoteError::NoSignatures),
        (format!("{PETER_TEXT}\n{PETER}\n{ENOCH}"), NoteError::BadSignature("EnochRoot".into())),
        (format!("{PETER_TEXT}\n{PETER}junk\n"), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace('—', "-")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace("— P", "—  P")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace(" x0", "  x0")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace("AM=", "AM")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace("AM=", "AN=")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{}", PETER.replace("=\n", "= \n")), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{PETER}— a+b AAAAAAA=\n"), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{PETER}— a\u{2003}b AAAAAAA=\n"), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{PETER}— a AAAAAA==\n"), NoteError::MalformedSignature),
        (format!("{PETER_TEXT}\n{PETER}— a \n"), NoteError::MalformedSignature),
        (format!("\t{PETER_TEXT}\n{PETER}"), NoteError::ControlCharacter),
        (format!("{PETER_TEXT}\r\n\n{PETER}"), NoteError::ControlCharacter),
        (format!("{PETER_TEXT}\n{}", PETER.replace('\n', "\r\n")), NoteError::ControlCharacter),
        (String::new(), NoteError::NoSignatures),
        (format!("\n{PETER}"), NoteError::NoSignatures),
    ];
    for (note, error) in cases {
        assert_eq!(open(&note, &[peter(), enoch()]), Err(error), "{note:?}");
    }
    assert_eq!(Note::open(b"\xff\n\n", &[]), Err(NoteError::NotUtf8));
}

#[test]
fn sizes_and_counts_are_bounded() {
    let longest = "x".repeat(MAX_TEXT_BYTES - 1) + "\n";
    let note = sign(&longest, &[&signer()]).unwrap();
    assert!(open(&note, &known()).is_ok());
    assert_eq!(sign(&format!("x{longest}"), &[&signer()]), Err(NoteError::TooLarge));
    assert_eq!(open(&format!("x{note}"), &known()), Err(NoteError::TooLarge));
    assert_eq!(Note::open(&vec![b'x'; MAX_NOTE_BYTES + 1], &known()), Err(NoteError::TooLarge));
    let own = sign("text\n", &[&signer()]).unwrap();
    let others = "— a AAAAAAA=\n".repeat(MAX_SIGNATURES - 1);
    assert!(open(&format!("{own}{others}"), &known()).is_ok());
    assert_eq!(open(&format!("{own}{others}— a AAAAAAA=\n"), &known()), Err(NoteError::TooManySignatures));
    let signer = signer();
    assert!(sign("text\n", &[&signer; MAX_SIGNATURES]).is_ok());
    assert_eq!(sign("text\n", &[&signer; MAX_SIGNATURES + 1]), Err(NoteError::TooManySignatures));
}

#[test]
fn only_a_proper_text_is_signed() {
    assert_eq!(sign("", &[&signer()]), Err(NoteError::NoFinalNewline));
    assert_eq!(sign("text", &[&signer()]), Err(NoteError::NoFinalNewline));
    assert_eq!(sign("te\txt\n", &[&signer()]), Err(NoteError::ControlCharacter));
    assert_eq!(sign("text\n", &[]), Err(NoteError::NoSignatures));
}

#[test]
fn any_flipped_bit_in_a_note_with_one_signature_is_refused() {
    for flipped in bit_flips(format!("{PETER_TEXT}\n{PETER}").as_bytes()) {
        assert!(Note::open(&flipped, &[peter()]).is_err(), "{}", String::from_utf8_lossy(&flipped));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_we_sign_signed_note_verifies_and_we_open(text in "[ -~ñé\n]{0,80}", seeds in prop::array::uniform3(any::<[u8; 32]>())) {
        let text = text + "\n";
        let signers = seeds.map(|seed| Signer::new("a.example/log", &seed).unwrap());
        let note = sign(&text, &signers.each_ref()).unwrap();
        let opened = open(&note, &signers.each_ref().map(|signer| signer.verifier().clone())).unwrap();
        prop_assert_eq!((opened.text(), opened.verified().len()), (text.as_str(), 3));
        let theirs_note = theirs::Note::from_bytes(note.as_bytes()).unwrap();
        for signer in signers {
            let verifier = theirs::StandardVerifier::new(&signer.verifier().to_string()).unwrap();
            let (verified, others) = theirs_note.verify(&theirs::VerifierList::new(vec![Box::new(verifier)])).unwrap();
            prop_assert_eq!((verified.len(), others.len()), (1, 2));
        }
        prop_assert_eq!(theirs_note.text(), text.as_bytes());
    }

    #[test]
    fn what_signed_note_signs_we_open_and_sign_alike(text in "[ -~ñé\n]{0,80}", seed: [u8; 32]) {
        let text = text + "\n";
        let ours = Signer::new("a.example/log", &seed).unwrap();
        let secret = STANDARD.encode([&[1], &seed[..]].concat());
        let skey = format!("PRIVATE+KEY+a.example/log+{:08x}+{secret}", ours.key_id());
        let theirs_signer = theirs::StandardSigner::new(&skey).unwrap();
        prop_assert_eq!(theirs_signer.key_id(), ours.key_id());
        let mut note = theirs::Note::new(text.as_bytes(), &[]).unwrap();
        note.add_sigs(&[&theirs_signer]).unwrap();
        let opened = Note::open(&note.to_bytes(), std::slice::from_ref(ours.verifier())).unwrap();
        prop_assert_eq!(opened.text(), text.as_str());
        prop_assert_eq!(String::from_utf8(note.to_bytes()).unwrap(), sign(&text, &[&ours]).unwrap());
    }
}
