//! One pass over the file: every object, every trailer, and what is packed into object streams.

use std::collections::HashMap;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::lexer::{Lexer, Token};
use super::objects::{Dictionary, ObjectReader, Value};
use super::page_tree::Node;
use crate::domain::document::DocumentFault;

/// What all object streams of one file may unpack to. Those of scanned papers are a few thousand bytes.
const UNPACKED: usize = 32 << 20;

/// Objects in one file. A scanned page takes about four.
const OBJECTS: usize = 400_000;

/// What one pass found.
#[derive(Default)]
pub(super) struct Scan {
    /// Each object's place in the page tree, by its number.
    pub(super) nodes: HashMap<usize, Node>,
    /// The catalogue that the newest trailer names.
    pub(super) root: Option<usize>,
    pub(super) is_encrypted: bool,
    pub(super) has_active_content: bool,
    /// What is wrong with an object stream. Known for certain only at the end: those of an encrypted file cannot be unpacked.
    pub(super) fault: Option<DocumentFault>,
    unpacked: usize,
}

impl Scan {
    /// Reads the whole file. An encrypted one is read only until that is known.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, DocumentFault> {
        let mut scan = Self::default();
        let mut reader = ObjectReader::default();
        let mut lexer = Lexer::new(bytes, 0);
        let (mut number, mut generation) = (None, None);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"obj") => scan.object(number, &mut lexer, &mut reader)?,
                Token::Word(b"trailer") => {
                    if let Value::Dictionary(trailer) = reader.value(&mut lexer)? {
                        scan.trailer(&trailer);
                    }
                }
                _ => {}
            }
            if scan.is_encrypted {
                break;
            }
            number = generation;
            generation = if let Token::Number(number) = token { Some(number) } else { None };
        }
        scan.has_active_content = reader.has_active_content;
        Ok(scan)
    }

    /// `12 0 obj` has been read; `number` is the 12.
    fn object(
        &mut self,
        number: Option<usize>,
        lexer: &mut Lexer<'_>,
        reader: &mut ObjectReader,
    ) -> Result<(), DocumentFault> {
        let number = number.ok_or(DocumentFault::Broken("an object has no number"))?;
        let value = reader.value(lexer)?;
        if let Value::Dictionary(dictionary) = &value
            && let Some(content) = stream(dictionary, lexer)?
        {
            if dictionary.has_type(b"XRef") {
                self.trailer(dictionary);
            }
            if dictionary.has_type(b"ObjStm") && self.fault.is_none() {
                self.fault = self.unpack(dictionary, content, reader).err();
            }
            return Ok(());
        }
        self.keep(number, value)
    }

    fn trailer(&mut self, trailer: &Dictionary<'_>) {
        self.is_encrypted |= trailer.get(b"Encrypt").is_some();
        self.root = trailer.reference(b"Root").or(self.root);
    }

    fn keep(&mut self, number: usize, value: Value<'_>) -> Result<(), DocumentFault> {
        self.nodes.insert(number, Node::of(value));
        if self.nodes.len() > OBJECTS { Err(DocumentFault::TooComplex) } else { Ok(()) }
    }

    /// The objects of an object stream (ISO 32000-1 §7.5.7): pairs of number and offset, then the objects. Offsets grow, so
    /// that no byte is read twice.
    fn unpack(
        &mut self,
        dictionary: &Dictionary<'_>,
        content: &[u8],
        reader: &mut ObjectReader,
    ) -> Result<(), DocumentFault> {
        const WRONG: DocumentFault = DocumentFault::Broken("an object stream contradicts itself");
        let plain = unpacked(dictionary, content, UNPACKED - self.unpacked)?;
        self.unpacked += plain.len();
        let (count, first) = (dictionary.number(b"N").ok_or(WRONG)?, dictionary.number(b"First").ok_or(WRONG)?);
        let mut head = Lexer::new(plain.get(..first).ok_or(WRONG)?, 0);
        let mut end_of_last = 0;
        for _ in 0..count {
            let (number, offset) = head.number().zip(head.number()).ok_or(WRONG)?;
            let start = first.checked_add(offset).filter(|start| *start >= end_of_last).ok_or(WRONG)?;
            let mut lexer = Lexer::new(&plain, start);
            self.keep(number, reader.value(&mut lexer)?)?;
            end_of_last = lexer.position();
        }
        Ok(())
    }
}

/// The bytes of the stream that belongs to this dictionary, if one follows. The lexer is moved behind it.
fn stream<'a>(dictionary: &Dictionary<'_>, lexer: &mut Lexer<'a>) -> Result<Option<&'a [u8]>, DocumentFault> {
    let mut ahead = *lexer;
    if ahead.expect(b"stream").is_none() {
        return Ok(None);
    }
    let rest = ahead.rest();
    let content = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    let ends_at = |length: &usize| {
        let after = content.get(*length..)?;
        Lexer::new(after.get(..32).unwrap_or(after), 0).expect(b"endstream")
    };
    // A length that is a reference, or is not right, is made good by looking for the end.
    let length = dictionary.number(b"Length").filter(|length| ends_at(length).is_some());
    let length =
        length.or_else(|| find(content, b"endstream")).ok_or(DocumentFault::Broken("a stream does not end"))?;
    let start = ahead.position() + (rest.len() - content.len());
    *lexer = lexer.moved_to(start + length);
    Ok(content.get(..length))
}

fn unpacked(dictionary: &Dictionary<'_>, content: &[u8], limit: usize) -> Result<Vec<u8>, DocumentFault> {
    const OTHER_FILTER: DocumentFault =
        DocumentFault::Broken("an object stream is packed in a way that is not read here");
    let filter = match dictionary.get(b"Filter") {
        None => None,
        Some(Value::Name(name)) => Some(name),
        Some(Value::Array(array)) if array.names == 1 => array.first_name.as_ref(),
        Some(_) => return Err(OTHER_FILTER),
    };
    match filter {
        None if content.len() > limit => Err(DocumentFault::TooComplex),
        None => Ok(content.to_vec()),
        Some(name) if **name == *b"FlateDecode" && dictionary.get(b"DecodeParms").is_none() => {
            decompress_to_vec_zlib_with_limit(content, limit).map_err(|error| match error.status {
                miniz_oxide::inflate::TINFLStatus::HasMoreOutput => DocumentFault::TooComplex,
                _ => DocumentFault::Broken("an object stream cannot be unpacked"),
            })
        }
        Some(_) => Err(OTHER_FILTER),
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
