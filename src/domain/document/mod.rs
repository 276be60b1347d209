//! The scanned paper behind a legal basis: what kind of file it is, and how many pages it has.
//!
//! What comes in was made by strangers. It is read to learn its kind and to count its pages, and for nothing else: nothing in
//! it is run, drawn or believed. Reading takes time and memory in proportion to the file, whatever the file says; a name or a
//! header that came with it is never asked.

mod image;
mod parts;
mod pdf;

pub use parts::{PART_BYTES, PartPlace};

use super::closed_set::closed_set;

/// What a file is, by its own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// A PDF (ISO 32000).
    Pdf,
    /// A PNG image (W3C PNG, third edition).
    Png,
    /// A JPEG image (ITU-T T.81).
    Jpeg,
}

closed_set!(MediaType, "media type", {
    Pdf => "application/pdf",
    Png => "image/png",
    Jpeg => "image/jpeg",
});

impl MediaType {
    /// The usual ending of a file's name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// What there is to know of a paper without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentFacts {
    /// What it is.
    pub media_type: MediaType,
    /// How many pages it has, at least one. An image is one page.
    pub pages: u32,
    /// Whether it holds what a reader's program might run or unpack: scripts, launch actions, embedded files. It is kept as
    /// it is, because it is evidence; whoever opens it is warned.
    pub has_active_content: bool,
}

/// Why a file is not accepted as a scanned paper. Says nothing of what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Neither PDF, PNG nor JPEG.
    #[error("expected a PDF, a PNG or a JPEG image")]
    OtherKind,
    /// It needs a password, or pretends to: its pages cannot be counted, and nobody could read it in court.
    #[error("the PDF is encrypted: store a copy without a password")]
    Encrypted,
    /// It ends too early, or contradicts itself.
    #[error("the file is broken: {0}")]
    Broken(&'static str),
    /// A PDF with no page at all.
    #[error("the PDF has no pages")]
    NoPages,
    /// It unpacks to more than any scanned paper does.
    #[error("the PDF is built in too complicated a way: store a plain scan")]
    TooComplex,
}

/// What the bytes are, by signature and ending. `None` for everything that is not stored.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<MediaType> {
    if image::is_png(bytes) {
        Some(MediaType::Png)
    } else if image::is_jpeg(bytes) {
        Some(MediaType::Jpeg)
    } else {
        pdf::is_pdf(bytes).then_some(MediaType::Pdf)
    }
}

/// Sniffs a whole file and counts its pages.
///
/// # Errors
/// Why it is not accepted.
pub fn inspect(bytes: &[u8]) -> Result<DocumentFacts, DocumentFault> {
    let media_type = sniff(bytes).ok_or(DocumentFault::OtherKind)?;
    let (pages, has_active_content) = match media_type {
        MediaType::Png => (image::demand_whole_png(bytes).map(|()| 1)?, false),
        MediaType::Jpeg => (image::demand_whole_jpeg(bytes).map(|()| 1)?, false),
        MediaType::Pdf => pdf::read(bytes)?,
    };
    Ok(DocumentFacts { media_type, pages, has_active_content })
}
