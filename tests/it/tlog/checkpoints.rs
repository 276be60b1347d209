//! Checkpoints: their one spelling, and whom to believe.

use zaguan::tlog::note::sign;
use zaguan::tlog::{Checkpoint, CheckpointError, Hash, NoteError, Signer, empty_root, leaf_hash};

use super::support::{ORIGIN, bit_flips, known, signer};

/// The example of C2SP's tlog-checkpoint (its key is not printed there).
const C2SP: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

fn checkpoint() -> Checkpoint {
    Checkpoint::new(ORIGIN, 42, leaf_hash(b"root")).unwrap()
}

#[test]
fn the_example_of_the_specification_is_read_and_written_as_it_stands() {
    let checkpoint = Checkpoint::parse(C2SP).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.root(), Hash::from_base64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=").unwrap());
    assert!(checkpoint.extensions().is_empty());
    assert_eq!(checkpoint.encode(), C2SP);
}

#[test]
fn extension_lines_and_odd_origins_are_kept() {
    let text = C2SP.replace("example.com/behind-the-sofa", "any line, even + and spaces") + "one\ntwo three\n";
    let checkpoint = Checkpoint::parse(&text).unwrap();
    assert_eq!(checkpoint.extensions(), ["one", "two three"]);
    assert_eq!(checkpoint.encode(), text);
}

#[test]
fn a_checkpoint_has_one_spelling() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let cases = [
        (String::new(), CheckpointError::Format),
        ("o\n1\n".into(), CheckpointError::Format),
        (format!("o\n1\n{root}"), CheckpointError::Format),
        (format!("\n1\n{root}\n"), CheckpointError::Origin),
        (format!("o\t\n1\n{root}\n"), CheckpointError::Origin),
        (format!("o\n\n{root}\n"), CheckpointError::Size),
        (format!("o\n01\n{root}\n"), CheckpointError::Size),
        (format!("o\n00\n{root}\n"), CheckpointError::Size),
        (format!("o\n+1\n{root}\n"), CheckpointError::Size),
        (format!("o\n-1\n{root}\n"), CheckpointError::Size),
        (format!("o\n 1\n{root}\n"), CheckpointError::Size),
        (format!("o\n1 \n{root}\n"), CheckpointError::Size),
        (format!("o\n0x1\n{root}\n"), CheckpointError::Size),
        (format!("o\n\u{661}\n{root}\n"), CheckpointError::Size),
        (format!("o\n18446744073709551616\n{root}\n"), CheckpointError::Size),
        (format!("o\n1\n{}\n", root.trim_end_matches('=')), CheckpointError::Root),
        (format!("o\n1\n{root}=\n"), CheckpointError::Root),
        (format!("o\n1\n{root} \n"), CheckpointError::Root),
        (format!("o\n1\n{}\n", root.replace("q2I=", "q2J=")), CheckpointError::Root),
        ("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n".into(), CheckpointError::Root),
        (format!("o\n1\nAA{root}\n"), CheckpointError::Root),
        ("o\n1\n\n".into(), CheckpointError::Root),
        (format!("o\n0\n{root}\n"), CheckpointError::Root),
        (format!("o\n1\n{root}\n\n"), CheckpointError::Extension),
        (format!("o\n1\n{root}\n\nx\n"), CheckpointError::Extension),
        (format!("o\n1\n{root}\nx\ry\n"), CheckpointError::Extension),
    ];
    for (text, error) in cases {
        assert_eq!(Checkpoint::parse(&text), Err(error), "{text:?}");
    }
    assert!(Checkpoint::parse(&format!("o\n18446744073709551615\n{root}\n")).is_ok());
    assert!(Checkpoint::parse(&format!("o\n0\n{}\n", empty_root().to_base64())).is_ok());
}

#[test]
fn a_signed_checkpoint_opens_for_its_origin_only() {
    let note = checkpoint().sign(&signer()).unwrap();
    assert_eq!(note, checkpoint().sign(&signer()).unwrap());
    assert_eq!(Checkpoint::open(note.as_bytes(), &known(), ORIGIN), Ok(checkpoint()));
    let wrong = Err(CheckpointError::WrongOrigin { expected: "log.example/two".into(), found: ORIGIN.into() });
    assert_eq!(Checkpoint::open(note.as_bytes(), &known(), "log.example/two"), wrong);
    let unknown = Err(CheckpointError::Note(NoteError::Unverified));
    assert_eq!(Checkpoint::open(note.as_bytes(), &[], ORIGIN), unknown);
}

#[test]
fn a_key_of_another_log_cannot_speak_for_this_one() {
    let other = Signer::new("log.example/two", &[8; 32]).unwrap();
    assert!(matches!(checkpoint().sign(&other), Err(CheckpointError::WrongSigner { .. })));
    let note = sign(&checkpoint().encode(), &[&other]).unwrap();
    let both_known = [known(), vec![other.verifier().clone()]].concat();
    assert_eq!(Checkpoint::open(note.as_bytes(), &both_known, ORIGIN), Err(CheckpointError::NotSignedByOrigin));
    let note = sign(&checkpoint().encode(), &[&other, &signer()]).unwrap();
    assert_eq!(Checkpoint::open(note.as_bytes(), &both_known, ORIGIN), Ok(checkpoint()));
}

#[test]
fn a_signed_note_that_is_no_checkpoint_is_refused() {
    let note = sign("just a text\n", &[&signer()]).unwrap();
    assert_eq!(Checkpoint::open(note.as_bytes(), &known(), ORIGIN), Err(CheckpointError::Format));
}

#[test]
fn any_flipped_bit_in_a_signed_checkpoint_is_refused() {
    let note = checkpoint().sign(&signer()).unwrap();
    for flipped in bit_flips(note.as_bytes()) {
        assert!(Checkpoint::open(&flipped, &known(), ORIGIN).is_err(), "{}", String::from_utf8_lossy(&flipped));
    }
}

#[test]
fn what_could_not_be_signed_is_no_checkpoint() {
    let root = leaf_hash(b"root");
    for origin in ["", "a\nb", "a\tb"] {
        assert_eq!(Checkpoint::new(origin, 1, root), Err(CheckpointError::Origin));
    }
    assert_eq!(Checkpoint::new(ORIGIN, 0, root), Err(CheckpointError::Root));
    assert_eq!(Checkpoint::new(&"x".repeat(1 << 20), 1, root), Err(CheckpointError::Format));
    for line in ["", "a\nb"] {
        assert_eq!(checkpoint().with_extensions(vec![line.into()]), Err(CheckpointError::Extension));
    }
    assert_eq!(checkpoint().with_extensions(vec!["x".repeat(1 << 20)]), Err(CheckpointError::Format));
}
