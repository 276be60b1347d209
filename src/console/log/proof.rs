//! Whether the log proves an entry, as pages show it.

use chrono::{DateTime, Utc};

use crate::app::log::{Inclusion, NotIncluded};

/// The outcome of a proof that was made and verified for this page.
#[derive(Default)]
pub(in crate::console) struct ProofView {
    pub(in crate::console) is_proven: bool,
    /// Entries under the checkpoint.
    pub(in crate::console) size: u64,
    pub(in crate::console) root: String,
    pub(in crate::console) leaf: String,
    /// When the public could first hold the checkpoint.
    pub(in crate::console) published_at: Option<DateTime<Utc>>,
    /// Hashes between the leaf and the root.
    pub(in crate::console) steps: usize,
    /// What does not fit.
    pub(in crate::console) fault: String,
}

impl ProofView {
    pub(in crate::console) fn of(found: &Result<Inclusion, NotIncluded>) -> Self {
        match found {
            Ok(inclusion) => Self {
                is_proven: true,
                size: inclusion.size,
                root: inclusion.root.to_base64(),
                leaf: inclusion.leaf.to_base64(),
                published_at: inclusion.published_at,
                steps: inclusion.receipt.proof.len(),
                fault: String::new(),
            },
            Err(NotIncluded(fault)) => Self { fault: fault.clone(), ..Self::default() },
        }
    }

    /// Invented outcomes: under a published checkpoint, under the newest commit, not at all.
    pub(in crate::console) fn samples() -> [Self; 3] {
        let hash = |letter: &str| letter.repeat(43) + "=";
        let proven = |published_at| Self {
            is_proven: true,
            size: 1_042,
            root: hash("r"),
            leaf: hash("l"),
            published_at,
            steps: 11,
            fault: String::new(),
        };
        let fault = "the leaf is not in the tree of the checkpoint".to_owned();
        [proven(DateTime::from_timestamp(1_930_392_060, 0)), proven(None), Self { fault, ..Self::default() }]
    }
}
