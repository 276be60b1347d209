//! Images: one page each, if they are whole.

use zaguan::domain::document::{DocumentFacts, DocumentFault, MediaType, inspect, sniff};

/// One grey pixel, made with another program.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
                     \0\0\0\x0aIDATx\x9cch\0\0\0\x82\0\x81\x77\xcd\x72\xb6\0\0\0\0IEND\xaeB`\x82";

/// Start, a comment, a frame header of 1 × 1, a scan, the end.
const JPEG: &[u8] =
    b"\xff\xd8\xff\xfe\0\x04hi\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x2a\xff\xd9";

const fn one_page(media_type: MediaType) -> DocumentFacts {
    DocumentFacts { media_type, pages: 1, has_active_content: false }
}

#[test]
fn an_image_is_one_page() {
    assert_eq!(inspect(PNG), Ok(one_page(MediaType::Png)));
    assert_eq!(inspect(JPEG), Ok(one_page(MediaType::Jpeg)));
}

#[test]
fn an_image_that_is_cut_short_is_no_paper() {
    for (image, kind) in [(PNG, MediaType::Png), (JPEG, MediaType::Jpeg)] {
        for length in 8..image.len() {
            let cut = &image[..length];
            assert!(matches!(inspect(cut), Err(DocumentFault::Broken(_))), "{kind} of {length} bytes");
            assert_eq!(sniff(cut), Some(kind));
        }
    }
}

#[test]
fn an_image_without_a_size_is_no_paper() {
    for at in [19, 23] {
        let mut png = PNG.to_vec();
        png[at] = 0;
        assert_eq!(inspect(&png), Err(DocumentFault::Broken("the image has no size")));
    }
    for at in [14, 16] {
        let mut jpeg = JPEG.to_vec();
        jpeg[at] = 0;
        assert_eq!(inspect(&jpeg), Err(DocumentFault::Broken("the image has no size")));
    }
}

#[test]
fn a_signature_in_front_of_something_else_is_no_image() {
    let page = b"<html><script>alert(1)</script></html>";
    for signature in [&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff"] {
        let disguised = [signature, page].concat();
        assert!(matches!(inspect(&disguised), Err(DocumentFault::Broken(_))));
    }
}
