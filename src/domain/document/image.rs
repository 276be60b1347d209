//! PNG and JPEG: enough of their structure to tell a whole image from a cut or a disguised one. No pixel is decoded.

use super::DocumentFault;

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length, type and checksum of the chunk that ends a PNG.
const PNG_END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";

const JPEG_START: &[u8] = &[0xff, 0xd8, 0xff];
const JPEG_END: &[u8] = &[0xff, 0xd9];
const START_OF_SCAN: u8 = 0xda;

pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG_SIGNATURE)
}

pub(super) fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG_START)
}

/// The header chunk comes first and gives a size (PNG §11.2.1); the last chunk is the end.
pub(super) fn demand_whole_png(bytes: &[u8]) -> Result<(), DocumentFault> {
    let header = bytes.get(PNG_SIGNATURE.len()..).and_then(|rest| rest.strip_prefix(b"\0\0\0\x0dIHDR"));
    let size = header.and_then(|header| header.first_chunk::<8>());
    let [w0, w1, w2, w3, h0, h1, h2, h3] = *size.ok_or(DocumentFault::Broken("the image has no header"))?;
    let is_empty = |side: [u8; 4]| side == [0; 4];
    if is_empty([w0, w1, w2, w3]) || is_empty([h0, h1, h2, h3]) {
        return Err(DocumentFault::Broken("the image has no size"));
    }
    if bytes.ends_with(PNG_END) { Ok(()) } else { Err(CUT_SHORT) }
}

/// A frame header that gives a size stands before the first scan (T.81 B.2.2), and an end-of-image marker behind it.
pub(super) fn demand_whole_jpeg(bytes: &[u8]) -> Result<(), DocumentFault> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut has_size = false;
    loop {
        let (marker, segment, after) = next_segment(rest).ok_or(CUT_SHORT)?;
        if is_frame_header(marker) {
            let [_, h0, h1, w0, w1, ..] = segment else { return Err(CUT_SHORT) };
            has_size = [*w0, *w1] != [0; 2] && [*h0, *h1] != [0; 2];
        }
        rest = after;
        if marker == START_OF_SCAN {
            break;
        }
    }
    if !has_size {
        return Err(DocumentFault::Broken("the image has no size"));
    }
    if rest.windows(2).any(|pair| pair == JPEG_END) { Ok(()) } else { Err(CUT_SHORT) }
}

const CUT_SHORT: DocumentFault = DocumentFault::Broken("the image is cut short");

/// Marker, content and what follows. Markers may be filled up with further `FF`.
fn next_segment(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(&[0xff])?;
    let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
    let (marker, rest) = rest.get(fill..)?.split_first()?;
    let (length, _) = rest.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (segment, after) = rest.split_at_checked(length)?;
    Some((*marker, segment.get(2..)?, after))
}

/// `SOF0` to `SOF15`, without the three of that range that are something else (T.81 table B.1).
const fn is_frame_header(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}
