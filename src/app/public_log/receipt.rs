//! Verifying a receipt as an outsider does: with the log's public key, and without the log.

use crate::domain::record::entry_bytes;
use crate::tlog::{
    Checkpoint, Cosignature, CosignatureError, Hash, Note, Receipt, ReceiptError, Verifier, WitnessKey, leaf_hash,
};

/// Bytes of a nonce, which stands before the record.
const NONCE_BYTES: usize = 32;

/// Where the entry comes from that a receipt is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// From the receipt itself: nonce and record stand on its `extra` line.
    Carried,
    /// The entry as the public log has it, out of a bundle. It says that there is a record, not what it says.
    Entry(Vec<u8>),
    /// The record, and the nonce that hides it.
    Record {
        /// 32 bytes.
        nonce: [u8; NONCE_BYTES],
        /// The record's exact bytes.
        record: Vec<u8>,
    },
}

/// What a receipt proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The entry's place in the log.
    pub index: u64,
    /// Its leaf.
    pub leaf: Hash,
    /// The checkpoint that it is under.
    pub checkpoint: Checkpoint,
    /// The record, where it is known: exactly these bytes were recorded.
    pub record: Option<Vec<u8>>,
    /// What each witness that was demanded has signed of the checkpoint, in their order.
    pub cosignatures: Vec<Cosignature>,
}

/// Why a receipt proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptFault {
    /// No key was given to verify it with.
    #[error("no key of the log was given")]
    NoKey,
    /// It is malformed, or its proof or signature does not hold.
    #[error("the receipt proves nothing")]
    Receipt(#[from] ReceiptError),
    /// It does not carry nonce and record.
    #[error("the receipt does not carry its entry, which must be given beside it")]
    NothingCarried,
    /// What it carries is shorter than a nonce.
    #[error("what the receipt carries is no nonce and record")]
    ShortExtra,
    /// A witness that was demanded has not signed its checkpoint.
    #[error("the checkpoint is not witnessed by `{witness}`")]
    Unwitnessed {
        /// The witness's name.
        witness: String,
        /// What its signature lacks.
        #[source]
        source: CosignatureError,
    },
}

/// Verifies a receipt with the keys of one log, the first of which names it, and demands that each of these witnesses has
/// signed its checkpoint.
///
/// # Errors
/// What does not fit.
pub fn verify_receipt(
    text: &[u8],
    known: &[Verifier],
    witnesses: &[WitnessKey],
    evidence: Evidence,
) -> Result<Proven, ReceiptFault> {
    let origin = known.first().ok_or(ReceiptFault::NoKey)?.name();
    let receipt = Receipt::parse(text)?;
    let (entry, record) = match evidence {
        Evidence::Entry(entry) => (entry, None),
        Evidence::Record { nonce, record } => (entry_bytes(&nonce, &record).to_vec(), Some(record)),
        Evidence::Carried => {
            let extra = receipt.extra.as_ref().ok_or(ReceiptFault::NothingCarried)?;
            let (nonce, record) = extra.split_first_chunk().ok_or(ReceiptFault::ShortExtra)?;
            (entry_bytes(nonce, record).to_vec(), Some(record.to_vec()))
        }
    };
    let leaf = leaf_hash(&entry);
    let checkpoint = receipt.verify(&leaf, known, origin)?;
    let cosignatures = find_cosignatures(&receipt.checkpoint, known, witnesses)?;
    Ok(Proven { index: receipt.index, leaf, checkpoint, record, cosignatures })
}

fn find_cosignatures(
    note: &str,
    known: &[Verifier],
    witnesses: &[WitnessKey],
) -> Result<Vec<Cosignature>, ReceiptFault> {
    let note = Note::open(note.as_bytes(), known).map_err(|error| ReceiptError::Checkpoint(error.into()))?;
    let find = |key: &WitnessKey| {
        let unwitnessed = |source| ReceiptFault::Unwitnessed { witness: key.name().to_owned(), source };
        key.find_over(note.text(), note.unverified()).map_err(unwitnessed)
    };
    witnesses.iter().map(find).collect()
}
