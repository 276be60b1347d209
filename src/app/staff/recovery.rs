//! Recovery codes: ten, each good once in the place of a code from the app. Shown once; only their SHA-256 is kept, which
//! is enough for 80 random bits.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::clock::{Entropy, EntropyError};
use crate::domain::record::hex;

/// How many are drawn at once.
pub const CODES: usize = 10;

const BYTES: usize = 10;

/// New recovery codes, as they are shown: `1f0c-77ab-…`, five groups of four.
pub struct RecoveryCodes(pub Vec<Zeroizing<String>>);

impl RecoveryCodes {
    pub(super) fn draw(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let code = |_| {
            let mut bytes = Zeroizing::new([0; BYTES]);
            entropy.fill(bytes.as_mut())?;
            let groups: Vec<String> = bytes.chunks(2).map(hex).collect();
            Ok(Zeroizing::new(groups.join("-")))
        };
        (0..CODES).map(code).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn hashes(&self) -> Vec<[u8; 32]> {
        self.0.iter().map(|code| hash_of(code)).collect()
    }
}

/// What a code is known by, however it is grouped and in whichever case it is typed.
pub(super) fn hash_of(code: &str) -> [u8; 32] {
    let plain: Zeroizing<String> =
        Zeroizing::new(code.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect());
    Sha256::new().chain_update(b"zaguan/recovery-code/v1\0").chain_update(plain.as_bytes()).finalize().into()
}
