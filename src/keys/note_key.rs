//! How Go's `sumdb/note` and C2SP signed-note write Ed25519 keys as text:
//! `PRIVATE+KEY+<name>+<key id>+<base64(0x01 || seed)>` and, for verifiers, `<name>+<key id>+<base64(0x01 || public key)>`.
//! Never touches a file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::LineProblem;

const PRIVATE_PREFIX: &str = "PRIVATE+KEY+";
const ED25519: u8 = 0x01;

/// Whether a text may be a key name: not empty, no space, no plus.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|each: char| each.is_whitespace() || each.is_control() || each == '+')
}

/// First four bytes of SHA-256(name || newline || 0x01 || public key).
pub(super) fn key_id(name: &str, public: &VerifyingKey) -> [u8; 4] {
    let hash =
        Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(public.as_bytes()).finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(hash);
    [a, b, c, d]
}

/// The verifier key, safe to publish.
pub(super) fn verifier_text(name: &str, public: &VerifyingKey) -> String {
    with_algorithm(public.as_bytes(), |key| format!("{name}+{}+{}", hex(key_id(name, public)), STANDARD.encode(key)))
}

/// The private key, for its file alone.
pub(super) fn private_text(name: &str, key: &SigningKey) -> Zeroizing<String> {
    let id = hex(key_id(name, &key.verifying_key()));
    let encoded = with_algorithm(key.as_bytes(), |seed| Zeroizing::new(STANDARD.encode(seed)));
    // Room for all of it at once: a text that grows leaves unwiped copies of itself behind.
    let mut text = Zeroizing::new(String::with_capacity(PRIVATE_PREFIX.len() + name.len() + encoded.len() + 16));
    for part in [PRIVATE_PREFIX, name, "+", &id, "+", &encoded] {
        text.push_str(part);
    }
    text
}

/// Reads a private key and its name; its id must fit.
pub(super) fn parse_private(line: &str) -> Result<(&str, SigningKey), LineProblem> {
    let rest = line.strip_prefix(PRIVATE_PREFIX).ok_or(LineProblem::PrivateForm)?;
    let (name, id, seed) = parse_parts(rest).ok_or(LineProblem::PrivateForm)?;
    let key = SigningKey::from_bytes(&seed);
    let fits = hex(key_id(name, &key.verifying_key())) == id;
    if fits { Ok((name, key)) } else { Err(LineProblem::WrongId) }
}

/// Reads a verifier key and its name; its id must fit.
pub(super) fn parse_verifier(line: &str) -> Result<(&str, VerifyingKey), LineProblem> {
    let (name, id, public) = parse_parts(line).ok_or(LineProblem::VerifierForm)?;
    let key = VerifyingKey::from_bytes(&public).ok().filter(|key| !key.is_weak()).ok_or(LineProblem::VerifierForm)?;
    if hex(key_id(name, &key)) == id { Ok((name, key)) } else { Err(LineProblem::WrongId) }
}

/// `<name>+<id>+<base64>`; the base64 may hold pluses of its own.
fn parse_parts(text: &str) -> Option<(&str, &str, Zeroizing<[u8; 32]>)> {
    let mut parts = text.splitn(3, '+');
    let (name, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let decoded = Zeroizing::new(STANDARD.decode(encoded).ok()?);
    let (algorithm, key) = decoded.split_first()?;
    let key: &[u8; 32] = key.try_into().ok()?;
    (is_name(name) && *algorithm == ED25519).then(|| (name, id, Zeroizing::new(*key)))
}

fn with_algorithm<T>(key: &[u8; 32], encode: impl FnOnce(&[u8]) -> T) -> T {
    let mut bytes = Zeroizing::new([ED25519; 33]);
    for (to, from) in bytes.iter_mut().skip(1).zip(key) {
        *to = *from;
    }
    encode(&*bytes)
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}
