//! Receipts: that an entry is in a log, for checking offline and years later (C2SP tlog-proof).
//!
//! What stands on the `extra` line is not authenticated by the receipt. It must never be believed
//! before the leaf hash has been computed from it and the receipt verified for that leaf.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checkpoint::{Checkpoint, CheckpointError};
use super::decimal::parse_decimal;
use super::hash::Hash;
use super::key::Verifier;
use super::verify::{ProofError, verify_inclusion};

/// Longest receipt in bytes.
pub const MAX_RECEIPT_BYTES: usize = 4 << 20;

/// First line of a receipt.
const HEADER: &str = "c2sp.org/tlog-proof@v1\n";

/// Most hashes of an inclusion proof: a tree of 64-bit size is no deeper.
const MAX_PROOF_HASHES: usize = 64;

/// An inclusion proof together with the signed checkpoint that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the verifier needs to compute the leaf hash; not authenticated. Empty is written as none.
    pub extra: Option<Vec<u8>>,
    /// Index of the leaf, from zero.
    pub index: u64,
    /// Inclusion proof, the leaf's sibling first.
    pub proof: Vec<Hash>,
    /// The signed checkpoint, byte for byte as the log issued it.
    pub checkpoint: String,
}

/// Why a receipt is not one, or does not convince.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Longer than [`MAX_RECEIPT_BYTES`].
    #[error("the receipt is too large")]
    TooLarge,
    /// Not valid UTF-8.
    #[error("the receipt is not UTF-8")]
    NotUtf8,
    /// The first line is not `c2sp.org/tlog-proof@v1`.
    #[error("not a receipt of a known version")]
    Header,
    /// The `extra` line is not base64, or empty.
    #[error("the receipt has a malformed extra line")]
    Extra,
    /// The `index` line is missing, or not decimal without leading zeros.
    #[error("the receipt has a malformed index line")]
    Index,
    /// A line of the proof is not the base64 of 32 bytes, or there are more than 64.
    #[error("the receipt has a malformed proof")]
    Proof,
    /// No blank line with a checkpoint below it.
    #[error("the receipt has no checkpoint")]
    NoCheckpoint,
    /// The checkpoint does not verify.
    #[error("the checkpoint of the receipt is not valid")]
    Checkpoint(#[from] CheckpointError),
    /// The leaf is not in the tree of the checkpoint.
    #[error("the leaf is not in the tree of the checkpoint")]
    NotIncluded(#[from] ProofError),
}

impl Receipt {
    /// The receipt as text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = HEADER.to_owned();
        if let Some(extra) = self.extra.as_ref().filter(|extra| !extra.is_empty()) {
            text += &["extra ", &STANDARD.encode(extra), "\n"].concat();
        }
        text += &["index ", &self.index.to_string(), "\n"].concat();
        for hash in &self.proof {
            text += &[&hash.to_base64(), "\n"].concat();
        }
        text + "\n" + &self.checkpoint
    }

    /// Reads what [`encode`](Self::encode) writes. The checkpoint is taken as it is, unverified.
    ///
    /// # Errors
    /// Any other spelling of what stands above the checkpoint is refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > MAX_RECEIPT_BYTES {
            return Err(ReceiptError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ReceiptError::NotUtf8)?;
        let text = text.strip_prefix(HEADER).ok_or(ReceiptError::Header)?;
        let (extra, text) = parse_extra(text)?;
        let (index, text) = parse_index(text)?;
        let (proof, checkpoint) = parse_proof(text)?;
        Ok(Self { extra, index, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that the leaf with this hash is in the log called `origin`.
    ///
    /// Returns the checkpoint that says so: the one commitment the caller may now rely on.
    ///
    /// # Errors
    /// When the checkpoint does not verify (see [`Checkpoint::open`]), or the proof does not lead
    /// from the leaf to its root.
    pub fn verify(&self, leaf: &Hash, known: &[Verifier], origin: &str) -> Result<Checkpoint, ReceiptError> {
        let checkpoint = Checkpoint::open(self.checkpoint.as_bytes(), known, origin)?;
        verify_inclusion(leaf, self.index, checkpoint.size(), &self.proof, &checkpoint.root())?;
        Ok(checkpoint)
    }
}

fn parse_extra(text: &str) -> Result<(Option<Vec<u8>>, &str), ReceiptError> {
    let Some(rest) = text.strip_prefix("extra ") else {
        return Ok((None, text));
    };
    let (extra, rest) = rest.split_once('\n').ok_or(ReceiptError::Extra)?;
    let extra = STANDARD.decode(extra).map_err(|_| ReceiptError::Extra)?;
    if extra.is_empty() { Err(ReceiptError::Extra) } else { Ok((Some(extra), rest)) }
}

fn parse_index(text: &str) -> Result<(u64, &str), ReceiptError> {
    let (index, rest) =
        text.strip_prefix("index ").and_then(|rest| rest.split_once('\n')).ok_or(ReceiptError::Index)?;
    Ok((parse_decimal(index).ok_or(ReceiptError::Index)?, rest))
}

fn parse_proof(mut text: &str) -> Result<(Vec<Hash>, &str), ReceiptError> {
    let mut proof = Vec::new();
    loop {
        let (line, rest) = text.split_once('\n').ok_or(ReceiptError::NoCheckpoint)?;
        if line.is_empty() {
            return Ok((proof, rest));
        }
        if proof.len() == MAX_PROOF_HASHES {
            return Err(ReceiptError::Proof);
        }
        proof.push(Hash::from_base64(line).map_err(|_| ReceiptError::Proof)?);
        text = rest;
    }
}
