//! What a log and a witness say to each other: `add-checkpoint` and its answers (C2SP tlog-witness).

use super::cosignature::CosignatureError;
use super::decimal::parse_decimal;
use super::hash::Hash;
use super::note::{MAX_SIGNATURES, Signature};

/// Most lines of a consistency proof.
pub const MAX_PROOF_LINES: usize = 63;

/// The body of `POST …/add-checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness has cosigned before; zero for none.
    pub old: u64,
    /// That the checkpoint continues the tree of that size.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub note: String,
}

impl AddCheckpoint {
    /// The body as text.
    #[must_use]
    pub fn encode(&self) -> String {
        let proof: String = self.proof.iter().map(|hash| hash.to_base64() + "\n").collect();
        format!("old {}\n{proof}\n{}", self.old, self.note)
    }

    /// Reads what [`encode`](Self::encode) writes. The checkpoint is taken as it is, unverified.
    #[must_use]
    pub fn parse(body: &str) -> Option<Self> {
        let (head, note) = body.split_once("\n\n")?;
        let mut lines = head.split('\n');
        let old = parse_decimal(lines.next()?.strip_prefix("old ")?)?;
        let proof: Vec<Hash> = lines.map(|line| Hash::from_base64(line).ok()).collect::<Option<_>>()?;
        (proof.len() <= MAX_PROOF_LINES).then(|| Self { old, proof, note: note.to_owned() })
    }
}

/// The signature lines of an answer. They prove nothing yet.
///
/// # Errors
/// When the answer is anything else, empty, or longer than the signatures of a note.
pub fn parse_signatures(body: &str) -> Result<Vec<Signature>, CosignatureError> {
    let lines = body.strip_suffix('\n').ok_or(CosignatureError::Line)?.split('\n');
    let signatures: Option<Vec<_>> = lines.map(Signature::parse_line).take(MAX_SIGNATURES + 1).collect();
    signatures.filter(|found| found.len() <= MAX_SIGNATURES).ok_or(CosignatureError::Line)
}

/// The size in the body of a 409: decimal, and a newline.
#[must_use]
pub fn parse_size(body: &str) -> Option<u64> {
    parse_decimal(body.strip_suffix('\n')?)
}
