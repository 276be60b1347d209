//! A document in parts: in its order, whole, in its own place, or not at all.

use uuid::Uuid;
use zaguan::domain::LegalBasisId;
use zaguan::domain::document::PartPlace;
use zaguan::keys::{OpenError, Sealer};

use super::ring;

const ONE: Uuid = Uuid::from_bytes([1; 16]);
const TWO: Uuid = Uuid::from_bytes([2; 16]);
const THREE: Uuid = Uuid::from_bytes([3; 16]);
const PLACE: PartPlace = PartPlace { document: ONE, basis: LegalBasisId::new(TWO), number: 0, is_last: false };

fn place(number: u32, of: u32) -> PartPlace {
    PartPlace { number, is_last: number + 1 == of, ..PLACE }
}

/// Three parts of a document, each with a nonce of its own.
fn sealed(sealer: &Sealer) -> Vec<Vec<u8>> {
    let texts: [&[u8]; 3] = [b"first", b"second", b"third"];
    let seal = |(number, text): (u8, &&[u8])| sealer.seal([number; 24], &place(number.into(), 3).to_bytes(), text);
    (0..).zip(&texts).map(seal).collect()
}

/// Opens parts in the order given, as a document of that many.
fn open(sealer: &Sealer, parts: &[&Vec<u8>]) -> Result<Vec<u8>, OpenError> {
    let of = u32::try_from(parts.len()).unwrap();
    let opened = (0..).zip(parts).map(|(number, part)| sealer.open(&place(number, of).to_bytes(), part));
    Ok(opened.collect::<Result<Vec<_>, _>>()?.iter().flat_map(|text| text.to_vec()).collect())
}

#[test]
fn a_document_opens_in_its_order() {
    let sealer = ring(&[1]).sealer();
    let parts = sealed(&sealer);
    assert_eq!(open(&sealer, &[&parts[0], &parts[1], &parts[2]]), Ok(b"firstsecondthird".to_vec()));
}

#[test]
fn parts_that_are_swapped_left_out_repeated_or_cut_off_do_not_open() {
    let sealer = ring(&[1]).sealer();
    let [a, b, c] = &sealed(&sealer)[..] else { panic!() };
    let wrong: [&[&Vec<u8>]; 7] = [&[b, a, c], &[a, c], &[b, c], &[a, a, c], &[a, b, b, c], &[a, b], &[a, b, c, c]];
    for parts in wrong {
        assert_eq!(open(&sealer, parts), Err(OpenError::Refused));
    }
}

#[test]
fn a_part_opens_for_its_own_document_and_basis_only() {
    let sealer = ring(&[1]).sealer();
    let part = sealer.seal([9; 24], &PLACE.to_bytes(), b"text");
    let elsewhere = [
        PartPlace { document: THREE, ..PLACE },
        PartPlace { basis: LegalBasisId::new(THREE), ..PLACE },
        PartPlace { document: TWO, basis: LegalBasisId::new(ONE), ..PLACE },
        PartPlace { number: 1, ..PLACE },
        PartPlace { number: 256, ..PLACE },
        PartPlace { is_last: true, ..PLACE },
    ];
    for place in elsewhere {
        assert_eq!(sealer.open(&place.to_bytes(), &part), Err(OpenError::Refused), "{place:?}");
    }
    assert!(sealer.open(&PLACE.to_bytes(), &part).is_ok());
}

#[test]
fn a_flipped_bit_closes_a_part() {
    let sealer = ring(&[1]).sealer();
    let part = sealer.seal([9; 24], &PLACE.to_bytes(), b"text");
    for bit in 0..part.len() * 8 {
        let mut altered = part.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(sealer.open(&PLACE.to_bytes(), &altered).is_err(), "bit {bit}");
    }
}

/// Written from the sentence in the documentation.
#[test]
fn the_place_is_spelled_as_it_is_documented() {
    let place = PartPlace { document: ONE, basis: LegalBasisId::new(TWO), number: 0x0102, is_last: true };
    let expected = [b"zaguan/document-part/v1\0".as_slice(), &[1; 16], &[2; 16], &[0, 0, 1, 2, 1]].concat();
    assert_eq!(place.to_bytes(), expected);
}
