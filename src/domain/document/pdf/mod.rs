//! PDFs: are there pages, how many, and could something in it run?
//!
//! A PDF is a graph that may be built to exhaust whoever follows it: thousands of references to one large object, streams that
//! unpack a thousandfold, nesting without end. So nothing is followed here. The file is read once from front to back, token by
//! token, without recursion, and of each object only its place in the page tree is kept. Of several objects with one number
//! the last counts, as with a file that was saved on top of itself (ISO 32000-1 §7.5.6).

mod lexer;
mod objects;
mod page_tree;
mod scan;

use super::DocumentFault;
use scan::Scan;

/// Where the header may stand and how far from the end the last line may be (ISO 32000-1 annex H, notes 13 and 18).
const LEEWAY: usize = 1024;

/// Whether the file begins and ends as a PDF does.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..LEEWAY).unwrap_or(bytes);
    let tail = bytes.len().checked_sub(LEEWAY).and_then(|start| bytes.get(start..)).unwrap_or(bytes);
    holds(head, b"%PDF-") && holds(tail, b"%%EOF")
}

/// The number of pages, and whether there is active content.
pub(super) fn read(bytes: &[u8]) -> Result<(u32, bool), DocumentFault> {
    let scan = Scan::of(bytes)?;
    if scan.is_encrypted {
        return Err(DocumentFault::Encrypted);
    }
    if let Some(fault) = scan.fault {
        return Err(fault);
    }
    match page_tree::count(&scan.nodes, scan.root)? {
        0 => Err(DocumentFault::NoPages),
        pages => Ok((pages, scan.has_active_content)),
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
