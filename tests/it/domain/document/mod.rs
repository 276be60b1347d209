//! Scanned papers: what is one, how many pages it has, and that a hostile file costs no more than a harmless one.

mod hostile;
mod images;
mod pdfs;

use zaguan::domain::document::{DocumentFacts, DocumentFault, MediaType, inspect};

/// Objects of a PDF, numbered from 1, the catalogue first.
pub struct Pdf {
    objects: Vec<String>,
    /// What stands in the trailer beside `Root`.
    trailer: &'static str,
}

impl Pdf {
    /// A catalogue, a flat page tree, and that many empty pages.
    pub fn of(pages: usize) -> Self {
        let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
        let mut objects = vec!["<</Type /Catalog /Pages 2 0 R>>".to_owned()];
        objects.push(format!("<</Type /Pages /Count {pages} /Kids [{}]>>", kids.join(" ")));
        objects.extend((0..pages).map(|_| "<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>".to_owned()));
        Self { objects, trailer: "" }
    }

    pub fn trailer(self, trailer: &'static str) -> Self {
        Self { trailer, ..self }
    }

    pub fn object(mut self, text: impl Into<String>) -> Self {
        self.objects.push(text.into());
        self
    }

    /// An object of about that many bytes, which are text.
    pub fn filled(self, bytes: usize) -> Self {
        let text = "plainly fictional ".repeat(bytes / 18);
        self.object(format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()))
    }

    /// The file, with a cross-reference table that fits.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&self.objects) {
            offsets.push(file.len());
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
        }
        let (at, size) = (file.len(), offsets.len() + 1);
        file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
        file.extend(offsets.iter().flat_map(|offset| format!("{offset:010} 00000 n \n").into_bytes()));
        let trailer = self.trailer;
        file.extend(format!("trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{at}\n%%EOF\n").into_bytes());
        file
    }
}

const fn pages(pages: u32) -> DocumentFacts {
    DocumentFacts { media_type: MediaType::Pdf, pages, has_active_content: false }
}

#[test]
fn what_is_neither_pdf_nor_image_is_not_a_paper() {
    for other in [&b""[..], b"GIF89a", b"<html>", b"PK\x03\x04", b"\xff\xd8", b"II*\0", b"%PDF", &[0; 4096]] {
        assert_eq!(inspect(other), Err(DocumentFault::OtherKind), "{other:?}");
    }
}
