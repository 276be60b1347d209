//! A paper in parts, so that no more than one part of it is ever open.
//!
//! Each part is bound to its document, its basis, its number, and to whether it is the last: a part that was swapped,
//! repeated, left out, cut off or brought in from elsewhere does not open. After STREAM (Hoang, Reyhanitabar, Rogaway and
//! Vizár 2015), with a random nonce for each part in the place of a counter, because parts are sealed anew one by one when
//! keys are rotated.

use uuid::Uuid;

use crate::domain::LegalBasisId;

/// Bytes in the clear of every part but the last, which may be shorter.
pub const PART_BYTES: usize = 64 * 1024;

/// The one place where a part belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPlace {
    /// The document, by the id of its upload.
    pub document: Uuid,
    /// The legal basis that the document belongs to.
    pub basis: LegalBasisId,
    /// Counted from 0.
    pub number: u32,
    /// Whether the document ends with it.
    pub is_last: bool,
}

impl PartPlace {
    /// What a sealed part is bound to: a prefix, both ids (16 bytes each), the number (big-endian), and 1 for the last part
    /// or 0.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let (document, basis) = (self.document.as_bytes(), self.basis.as_uuid());
        let (number, is_last) = (self.number.to_be_bytes(), [u8::from(self.is_last)]);
        [b"zaguan/document-part/v1\0".as_slice(), document, basis.as_bytes(), &number, &is_last].concat()
    }
}
