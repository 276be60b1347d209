//! A client of its own: signatures by the crate `signed_note`, trees by `ct-merkle` and `tlog_tiles`. None of them shares
//! code with ours, and nothing has to be installed for them.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use sha2::{Digest as _, Sha256};
use tlog_tiles::{Checkpoint, Hash, HashReader, Tile, stored_hashes};

type Outcome<T> = Result<T, String>;

/// Hashes in the order in which sumdb stores them.
struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

fn said(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

fn open(note: &[u8], vkey: &str) -> Outcome<Checkpoint> {
    let note = signed_note::Note::from_bytes(note).map_err(said)?;
    let verifier = signed_note::StandardVerifier::new(vkey).map_err(said)?;
    let (verified, _) = note.verify(&signed_note::VerifierList::new(vec![Box::new(verifier)])).map_err(said)?;
    if verified.is_empty() {
        return Err("not signed by this key".to_owned());
    }
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(said)?;
    if vkey.split('+').next() == Some(checkpoint.origin()) { Ok(checkpoint) } else { Err("another log".to_owned()) }
}

/// `tile/<level>/<number>` in C2SP's spelling.
fn path(level: &str, number: u64, width: u64) -> String {
    let (mut rest, mut name) = (number / 1000, format!("{:03}", number % 1000));
    while rest > 0 {
        name = format!("x{:03}/{name}", rest % 1000);
        rest /= 1000;
    }
    if width < 256 { format!("tile/{level}/{name}.p/{width}") } else { format!("tile/{level}/{name}") }
}

fn widths(count: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..count.div_ceil(256)).map(move |number| (number, (count - number * 256).min(256)))
}

fn read(dir: &Path, path: &str) -> Outcome<Vec<u8>> {
    fs::read(dir.join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Reads a whole copy; everything in it must fit its checkpoint. Gives its entries.
pub fn verify(dir: &Path, vkey: &str) -> Outcome<Vec<Vec<u8>>> {
    let checkpoint = open(&read(dir, "checkpoint")?, vkey)?;
    let mut entries: Vec<Vec<u8>> = Vec::new();
    for (number, width) in widths(checkpoint.size()) {
        let (path, before) = (path("entries", number, width), entries.len() as u64);
        let mut bundle = read(dir, &path)?.into_iter().peekable();
        while bundle.peek().is_some() {
            let length = bundle.by_ref().take(2).fold(0, |length, byte| length * 256 + usize::from(byte));
            let entry: Vec<u8> = bundle.by_ref().take(length).collect();
            if entry.len() != length {
                return Err(format!("{path} ends within an entry"));
            }
            entries.push(entry);
        }
        if entries.len() as u64 - before != width {
            return Err(format!("{path} has another number of entries"));
        }
    }
    let (mut tree, mut stored) = (MemoryBackedTree::<Sha256, Vec<u8>>::new(), Stored(Vec::new()));
    for (number, entry) in (0..).zip(&entries) {
        tree.push(entry.clone());
        let new = stored_hashes(number, entry, &stored).map_err(said)?;
        stored.0.extend(new);
    }
    if tree.root().as_bytes()[..] != checkpoint.hash().0[..] {
        return Err("the bundles do not give the root".to_owned());
    }
    for level in (0..8).take_while(|level| checkpoint.size() >> (8 * u32::from(*level)) > 0) {
        for (number, width) in widths(checkpoint.size() >> (8 * u32::from(level))) {
            let tile = Tile::new(8, level, number, u32::try_from(width).unwrap(), false);
            let path = path(&level.to_string(), number, width);
            if read(dir, &path)? != tile.read_data(&stored).map_err(said)? {
                return Err(format!("{path} is not what the entries give"));
            }
        }
    }
    Ok(entries)
}

/// Verifies a receipt; the entry comes from it, or, where it carries none, from a copy.
pub fn verify_receipt(receipt: &[u8], vkey: &str, entries: &[Vec<u8>]) -> Outcome<()> {
    let text = std::str::from_utf8(receipt).map_err(said)?;
    let (head, checkpoint) = text.split_once("\n\n").ok_or("no checkpoint")?;
    let checkpoint = open(checkpoint.as_bytes(), vkey)?;
    let mut lines = head.strip_prefix("c2sp.org/tlog-proof@v1\n").ok_or("not a receipt")?.lines().peekable();
    let carried =
        lines.next_if(|line| line.starts_with("extra ")).map(|line| STANDARD.decode(line.replace("extra ", "")));
    let index = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or("no index")?;
    let index: u64 = index.parse().map_err(said)?;
    let entry = match carried {
        Some(extra) => {
            let hidden = Sha256::new().chain_update(b"zaguan/record/v1\0").chain_update(extra.map_err(said)?);
            [b"zaguan/entry/v1\0".as_slice(), &hidden.finalize()].concat()
        }
        None => entries.get(usize::try_from(index).unwrap()).ok_or("no such entry")?.clone(),
    };
    let proof: Vec<Vec<u8>> = lines.map(|line| STANDARD.decode(line).map_err(said)).collect::<Outcome<_>>()?;
    let proof = InclusionProof::<Sha256>::try_from_bytes(proof.concat()).map_err(said)?;
    let root = RootHash::<Sha256>::new(checkpoint.hash().0.into(), checkpoint.size());
    root.verify_inclusion(&entry, index, &proof).map_err(said)
}
