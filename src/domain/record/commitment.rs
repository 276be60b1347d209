//! The hashes that stand in the log in place of what they commit to.

use sha2::{Digest, Sha256};

/// What the tree holds and the public sees of a record:
/// `"zaguan/entry/v1\0" || SHA-256("zaguan/record/v1\0" || nonce || record)`.
///
/// Without the nonce, a short record could be guessed and its guess confirmed.
#[must_use]
pub fn entry_bytes(nonce: &[u8; 32], record: &[u8]) -> [u8; 48] {
    let hash: [u8; 32] =
        Sha256::new().chain_update(b"zaguan/record/v1\0").chain_update(nonce).chain_update(record).finalize().into();
    let mut entry = [0; 48];
    let (prefix, tail) = entry.split_at_mut(16);
    prefix.copy_from_slice(b"zaguan/entry/v1\0");
    tail.copy_from_slice(&hash);
    entry
}

/// The commitment to a resident: `SHA-256("zaguan/resident/v1\0" || salt || store || 0x00 || resident id)`.
#[must_use]
pub fn resident_commitment(salt: &[u8; 32], store: &str, resident: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"zaguan/resident/v1\0")
        .chain_update(salt)
        .chain_update(store)
        .chain_update([0])
        .chain_update(resident)
        .finalize()
        .into()
}

/// The commitment to a request's free text: `SHA-256("zaguan/details/v1\0" || salt || details)`, where `details` is the
/// canonical JSON that is sealed beside the entry.
#[must_use]
pub fn details_commitment(salt: &[u8; 32], details: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"zaguan/details/v1\0").chain_update(salt).chain_update(details).finalize().into()
}

/// The commitment to the paper of a legal basis: `SHA-256("zaguan/paper/v1\0" || salt || paper)`, where `paper` is the JSON
/// that is sealed with the same salt.
#[must_use]
pub fn paper_commitment(salt: &[u8; 32], paper: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"zaguan/paper/v1\0").chain_update(salt).chain_update(paper).finalize().into()
}

/// The commitment to what a legal basis covers, residents included: `SHA-256("zaguan/scope/v1\0" || salt || scope)`, where
/// `scope` is canonical JSON and the salt is the paper's.
#[must_use]
pub fn scope_commitment(salt: &[u8; 32], scope: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"zaguan/scope/v1\0").chain_update(salt).chain_update(scope).finalize().into()
}

/// Bytes as lower-case hex, the spelling of hashes in records.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().map_or('?', char::from);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `sha256sum` from the formulas above.
    #[test]
    fn commitments_follow_their_formulas() {
        let entry = entry_bytes(&[0; 32], b"{}");
        assert_eq!(&entry[..16], b"zaguan/entry/v1\0");
        assert_eq!(hex(&entry[16..]), "0a2065f6ac93c96efd180be325ffd61e4980ada4e4c40a822bb9601bbdae3f9b");
        assert_eq!(
            hex(&resident_commitment(&[1; 32], "library", "P-7")),
            "94e65444f1dc1ad7aa24794219cecf1b525a6a715240a83410421687a8f8ab1d"
        );
        assert_eq!(
            hex(&details_commitment(&[2; 32], b"{}")),
            "b60fe59247d418a34ab9c44ac202d601d48a8bf649f0a26dfc45d355ccb3dd0c"
        );
        assert_eq!(
            hex(&paper_commitment(&[3; 32], b"{}")),
            "d70ccd3313a8cf8d53d6580e63105c0cc9158614bfb8b71e54e8d7c4cc794a52"
        );
        assert_eq!(
            hex(&scope_commitment(&[4; 32], b"{}")),
            "24072ea9956aee1a8540fee4517a1c5acf18f469e2f0c81de04e4bdf10f0a45c"
        );
    }
}
