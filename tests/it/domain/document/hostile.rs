//! Files that were built to do harm: they are refused, or counted, at once.

use proptest::prelude::*;
use zaguan::domain::document::{DocumentFault, inspect};

use super::{Pdf, pages};

/// zlib (RFC 1950) without compression: a stream that any program unpacks.
fn stored(plain: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 0x01];
    let mut blocks = plain.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap();
        packed.push(u8::from(blocks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (a, b) = plain.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    });
    packed.extend((b << 16 | a).to_be_bytes());
    packed
}

/// A file of one page, with an object stream in it.
fn with_object_stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut file = Pdf::of(1).bytes();
    file.extend(format!("9 0 obj\n<</Type /ObjStm {dictionary} /Length {}>>\nstream\n", content.len()).into_bytes());
    file.extend(content);
    file.extend(b"\nendstream\nendobj\n%%EOF\n");
    file
}

#[test]
fn an_object_stream_is_read() {
    let plain = b"2 0 <</Type /Pages /Kids [3 0 R 3 0 R]>>";
    assert_eq!(inspect(&with_object_stream("/N 1 /First 4", plain)), Ok(pages(2)));
    assert_eq!(inspect(&with_object_stream("/N 1 /First 4 /Filter /FlateDecode", &stored(plain))), Ok(pages(2)));
    assert_eq!(inspect(&with_object_stream("/N 1 /First 4 /Filter [/FlateDecode]", &stored(plain))), Ok(pages(2)));
}

#[test]
fn an_object_stream_that_unpacks_a_thousandfold_is_refused() {
    let bomb = bomb(64 << 20);
    assert!(bomb.len() < 100_000);
    let file = with_object_stream("/N 1 /First 4 /Filter /FlateDecode", &bomb);
    assert_eq!(inspect(&file), Err(DocumentFault::TooComplex));
}

/// That many spaces, packed by another program.
fn bomb(length: usize) -> Vec<u8> {
    let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), vec![b' '; length]);
    stream.compress().unwrap();
    stream.content
}

#[test]
fn several_bombs_share_one_measure() {
    let bomb = bomb(12 << 20);
    let one = with_object_stream("/N 0 /First 4 /Filter /FlateDecode", &bomb);
    assert_eq!(inspect(&one), Ok(pages(1)));
    let three = [one.clone(), one.clone(), one].concat();
    assert_eq!(inspect(&three), Err(DocumentFault::TooComplex));
}

#[test]
fn objects_that_share_their_bytes_are_refused() {
    let body = format!("[{}]", "1 0 R ".repeat(1000));
    let head = (10..1000).map(|number| format!("{number} 0 ")).collect::<Vec<_>>().concat();
    let file = with_object_stream(&format!("/N 990 /First {}", head.len()), format!("{head}{body}").as_bytes());
    assert_eq!(inspect(&file), Err(DocumentFault::Broken("an object stream contradicts itself")));
}

#[test]
fn a_page_tree_that_leads_back_to_itself_is_refused() {
    for kids in ["[2 0 R]", "[4 0 R]"] {
        let mut pdf = Pdf::of(1).object("<</Type /Pages /Kids [2 0 R]>>");
        pdf.objects[1] = format!("<</Type /Pages /Kids {kids}>>");
        assert_eq!(inspect(&pdf.bytes()), Err(DocumentFault::Broken("the page tree leads back to itself")));
    }
}

#[test]
fn many_nodes_cannot_share_one_list_of_kids() {
    let mut pdf = Pdf::of(1).object(format!("[{}]", "3 0 R ".repeat(10_000)));
    pdf.objects[1] =
        format!("<</Kids [{}]>>", (5..1005).map(|node| format!("{node} 0 R ")).collect::<Vec<_>>().concat());
    let pdf = (5..1005).fold(pdf, |pdf, _| pdf.object("<</Kids 4 0 R>>"));
    assert_eq!(inspect(&pdf.bytes()), Err(DocumentFault::Broken("the page tree leads back to itself")));
}

#[test]
fn a_page_tree_that_leads_nowhere_is_refused() {
    let astray = DocumentFault::Broken("the page tree leads nowhere");
    for (at, object) in
        [(0, "<</Type /Catalog>>"), (0, "7"), (1, "7"), (1, "<</Kids [9 0 R]>>"), (1, "<</Kids 3 0 R>>")]
    {
        let mut pdf = Pdf::of(1);
        pdf.objects[at] = object.to_owned();
        assert_eq!(inspect(&pdf.bytes()), Err(astray), "{object}");
    }
}

#[test]
fn nesting_of_any_depth_costs_nothing() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(inspect(&Pdf::of(1).object(deep).bytes()), Ok(pages(1)));
    let open = "<</A ".repeat(1_000_000);
    assert!(matches!(inspect(&Pdf::of(1).object(open).bytes()), Err(DocumentFault::Broken(_))));
    let texts = "(".repeat(1_000_000);
    assert!(matches!(inspect(&Pdf::of(1).object(texts).bytes()), Err(DocumentFault::Broken(_))));
}

#[test]
fn too_many_objects_are_refused() {
    let many: Vec<u8> = (0..400_001).flat_map(|number| format!("{number} 0 obj 1\n").into_bytes()).collect();
    let file = [b"%PDF-1.7\n".as_slice(), &many, b"trailer <</Root 1 0 R>>\n%%EOF"].concat();
    assert_eq!(inspect(&file), Err(DocumentFault::TooComplex));
}

proptest! {
    #[test]
    fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = inspect(&bytes);
        let _ = inspect(&[b"%PDF-1.7\n".as_slice(), &bytes, b"%%EOF"].concat());
    }

    /// Words of the language in any order reach further than bytes do.
    #[test]
    fn no_words_make_it_stumble(words in proptest::collection::vec(0..WORDS.len(), 0..400)) {
        let text = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
        let _ = inspect(&[b"%PDF-1.7\n", text.as_bytes(), b"%%EOF"].concat());
    }

    #[test]
    fn no_altered_byte_makes_it_stumble(at in 0..500_usize, byte in any::<u8>()) {
        let mut file = with_object_stream("/N 1 /First 4", b"2 0 <</Type /Pages /Kids [3 0 R 3 0 R]>>");
        if let Some(place) = file.get_mut(at) {
            *place = byte;
        }
        let _ = inspect(&file);
    }
}

const WORDS: [&str; 30] = [
    "1",
    "2",
    "3",
    "0",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "trailer",
    "R",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/Type",
    "/Pages",
    "/Kids",
    "/Root",
    "/ObjStm",
    "/N",
    "/First",
    "/Length",
    "/Filter",
    "/FlateDecode",
    "%\n",
    "{",
];
