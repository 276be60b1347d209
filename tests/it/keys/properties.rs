//! No text makes the readers of keys fall over.

use proptest::prelude::*;
use zaguan::keys::{LogKey, MasterKeys};

use super::{NAME, ring, scratch, write};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_the_ring_panic(text in ".{0,120}") {
        let _ring_or_not = MasterKeys::parse("x", &text);
    }

    #[test]
    fn no_text_that_is_nearly_a_ring_makes_it_panic(text in "([0-9a-f]{7,9} [A-Za-z0-9+/]{40,46}={0,2}[\n,]?){0,3}") {
        let _ring_or_not = MasterKeys::parse("x", &text);
    }

    #[test]
    fn no_file_makes_the_log_key_panic(
        key in "(PRIVATE\\+KEY\\+[a-zé/]{0,9}\\+[0-9a-f]{7,9}\\+A[A-Za-z0-9+/]{42,44}={0,2}\n?|.{0,60})",
        retired in "([a-z/]{1,9}\\+[0-9a-f]{8}\\+A[A-Za-z0-9+/]{42,44}\n){0,3}",
    ) {
        let (_dir, path) = scratch();
        write(&path, &key, 0o600);
        write(&path.with_file_name("the.key.retired"), &retired, 0o600);
        let _key_or_not = LogKey::load(&path, NAME);
    }

    #[test]
    fn no_bytes_make_opening_panic(sealed in prop::collection::vec(any::<u8>(), 0..80), associated in any::<Vec<u8>>()) {
        prop_assert!(ring(&[1]).sealer().open(&associated, &sealed).is_err());
    }

    #[test]
    fn everything_sealed_opens(nonce: [u8; 24], associated: Vec<u8>, text: Vec<u8>) {
        let ring_sealer = ring(&[2, 1]).sealer();
        let opened = ring_sealer.open(&associated, &ring_sealer.seal(nonce, &associated, &text)).map(|text| text.to_vec());
        prop_assert_eq!(opened, Ok(text));
    }
}
