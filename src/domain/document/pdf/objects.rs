//! Dictionaries and arrays, read flat: only what stands directly in them is kept, and of that only names, numbers and
//! references. Deeper levels are passed over, whatever their depth.

use std::borrow::Cow;

use super::lexer::{Lexer, Token};
use crate::domain::document::DocumentFault;

/// Names by which a reader's program is told to run, open or unpack something.
const ACTIVE: [&[u8]; 9] = [
    b"JavaScript",
    b"JS",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
];

const UNFINISHED: DocumentFault = DocumentFault::Broken("an object does not end");

/// A value, as far as it matters.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Name(Cow<'a, [u8]>),
    Number(usize),
    Reference(usize),
    Array(Array<'a>),
    Dictionary(Dictionary<'a>),
    Other,
}

/// What stands directly in an array.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Array<'a> {
    pub(super) references: Vec<usize>,
    pub(super) first_name: Option<Cow<'a, [u8]>>,
    pub(super) names: usize,
}

/// What stands directly in a dictionary. Few keys matter, so a list will do.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dictionary<'a> {
    entries: Vec<(Cow<'a, [u8]>, Value<'a>)>,
}

/// The keys that anything here asks for.
const KEYS: [&[u8]; 10] =
    [b"Type", b"Pages", b"Kids", b"Root", b"Encrypt", b"Length", b"Filter", b"DecodeParms", b"N", b"First"];

impl<'a> Dictionary<'a> {
    /// The value of a key; where a key stands twice, the last.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Value<'a>> {
        self.entries.iter().rev().find(|(name, _)| **name == *key).map(|(_, value)| value)
    }

    pub(super) fn has_type(&self, name: &[u8]) -> bool {
        matches!(self.get(b"Type"), Some(Value::Name(found)) if **found == *name)
    }

    pub(super) fn number(&self, key: &[u8]) -> Option<usize> {
        match self.get(key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn reference(&self, key: &[u8]) -> Option<usize> {
        match self.get(key) {
            Some(Value::Reference(number)) => Some(*number),
            _ => None,
        }
    }
}

/// Reads values, and remembers whether it came past active content.
#[derive(Debug, Default)]
pub(super) struct ObjectReader {
    pub(super) has_active_content: bool,
}

impl ObjectReader {
    /// The value that begins here. Of the top level only: what is in it is not kept beyond one level.
    pub(super) fn value<'a>(&mut self, lexer: &mut Lexer<'a>) -> Result<Value<'a>, DocumentFault> {
        match lexer.next().ok_or(UNFINISHED)? {
            Token::DictionaryStart => self.dictionary(lexer).map(Value::Dictionary),
            token => self.shallow(token, lexer),
        }
    }

    fn dictionary<'a>(&mut self, lexer: &mut Lexer<'a>) -> Result<Dictionary<'a>, DocumentFault> {
        let mut entries = Vec::new();
        loop {
            match lexer.next().ok_or(UNFINISHED)? {
                Token::DictionaryEnd => return Ok(Dictionary { entries }),
                Token::Name(key) => {
                    self.note(&key);
                    let token = lexer.next().ok_or(UNFINISHED)?;
                    if token == Token::DictionaryEnd {
                        return Ok(Dictionary { entries });
                    }
                    let value = self.shallow(token, lexer)?;
                    if KEYS.contains(&&*key) {
                        entries.push((key, value));
                    }
                }
                // What is no key is passed over, as readers do.
                token => drop(self.shallow(token, lexer)?),
            }
        }
    }

    fn shallow<'a>(&mut self, token: Token<'a>, lexer: &mut Lexer<'a>) -> Result<Value<'a>, DocumentFault> {
        match token {
            Token::Name(name) => {
                self.note(&name);
                Ok(Value::Name(name))
            }
            Token::Number(number) => Ok(reference(number, lexer).map_or(Value::Number(number), Value::Reference)),
            Token::ArrayStart => self.array(lexer).map(Value::Array),
            Token::DictionaryStart => self.pass_over(lexer).map(|()| Value::Other),
            _ => Ok(Value::Other),
        }
    }

    fn array<'a>(&mut self, lexer: &mut Lexer<'a>) -> Result<Array<'a>, DocumentFault> {
        let mut array = Array::default();
        loop {
            match lexer.next().ok_or(UNFINISHED)? {
                Token::ArrayEnd => return Ok(array),
                Token::Name(name) => {
                    self.note(&name);
                    array.names += 1;
                    array.first_name.get_or_insert(name);
                }
                Token::Number(number) => array.references.extend(reference(number, lexer)),
                Token::ArrayStart | Token::DictionaryStart => self.pass_over(lexer)?,
                _ => {}
            }
        }
    }

    /// To the end of what has just begun. Counts, and does not recurse: depth costs nothing.
    fn pass_over(&mut self, lexer: &mut Lexer<'_>) -> Result<(), DocumentFault> {
        let mut depth = 1_usize;
        while depth > 0 {
            match lexer.next().ok_or(UNFINISHED)? {
                Token::ArrayStart | Token::DictionaryStart => depth += 1,
                Token::ArrayEnd | Token::DictionaryEnd => depth -= 1,
                Token::Name(name) => self.note(&name),
                _ => {}
            }
        }
        Ok(())
    }

    fn note(&mut self, name: &[u8]) {
        self.has_active_content |= ACTIVE.contains(&name);
    }
}

/// `12 0 R`, after the `12`.
fn reference(number: usize, lexer: &mut Lexer<'_>) -> Option<usize> {
    let mut ahead = *lexer;
    ahead.number()?;
    ahead.expect(b"R")?;
    *lexer = ahead;
    Some(number)
}
