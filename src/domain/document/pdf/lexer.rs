//! The words of a PDF (ISO 32000-1 §7.2, §7.3), one after the other. Always moves on, so it always ends.

use std::borrow::Cow;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `/Name`, its escapes undone.
    Name(Cow<'a, [u8]>),
    /// A whole number that is not negative: all that object numbers, lengths and offsets ever are.
    Number(usize),
    /// A bare word, such as `obj`, `R`, `true`, `-1.5`.
    Word(&'a [u8]),
    /// A text of either kind. What it says is nobody's business here.
    Text,
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
}

/// Reads words from a position on. Cheap to copy, to look ahead.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where the next word is looked for.
    pub(super) const fn position(&self) -> usize {
        self.at
    }

    /// The same bytes, from another position on.
    pub(super) const fn moved_to(&self, at: usize) -> Self {
        Self { bytes: self.bytes, at }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next word; none at the end, or in a text that does not end.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let rest = self.rest();
        let token = match rest {
            [] => return None,
            [b'/', ..] => self.name(),
            [b'<', b'<', ..] => self.take(2, Token::DictionaryStart),
            [b'>', b'>', ..] => self.take(2, Token::DictionaryEnd),
            [b'[', ..] => self.take(1, Token::ArrayStart),
            [b']', ..] => self.take(1, Token::ArrayEnd),
            [b'(', ..] => return self.literal(),
            [b'<', ..] => {
                let length = rest.iter().position(|byte| *byte == b'>')?;
                self.take(length + 1, Token::Text)
            }
            _ => self.word(),
        };
        Some(token)
    }

    /// Reads a whole number of a reference, or of an object's header.
    pub(super) fn number(&mut self) -> Option<usize> {
        match self.next()? {
            Token::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Reads this word, or nothing.
    pub(super) fn expect(&mut self, word: &[u8]) -> Option<()> {
        (self.next()? == Token::Word(word)).then_some(())
    }

    fn take(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at = self.at.saturating_add(length);
        token
    }

    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.iter().take_while(|byte| is_space(**byte)).count();
            let Some(comment) = self.rest().strip_prefix(b"%") else { return };
            self.at += 1 + comment.iter().take_while(|byte| !matches!(byte, b'\r' | b'\n')).count();
        }
    }

    fn name(&mut self) -> Token<'a> {
        let name = self.rest().get(1..).unwrap_or_default();
        let length = name.iter().take_while(|byte| is_regular(**byte)).count();
        self.take(1 + length, Token::Name(unescaped(name.get(..length).unwrap_or_default())))
    }

    fn word(&mut self) -> Token<'a> {
        let rest = self.rest();
        // A stray delimiter is a word of its own.
        let length = rest.iter().take_while(|byte| is_regular(**byte)).count().max(1);
        let word = rest.get(..length).unwrap_or_default();
        let is_number = word.iter().all(u8::is_ascii_digit);
        let number = std::str::from_utf8(word).ok().filter(|_| is_number).and_then(|digits| digits.parse().ok());
        self.take(length, number.map_or(Token::Word(word), Token::Number))
    }

    /// `(…)`, with balanced parentheses and escapes inside.
    fn literal(&mut self) -> Option<Token<'a>> {
        let mut depth = 0_usize;
        let mut is_escaped = false;
        for (index, byte) in self.rest().iter().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(self.take(index + 1, Token::Text)),
                b')' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// `/Java#53cript` is `/JavaScript` (ISO 32000-1 §7.3.5).
fn unescaped(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let escape = match (first, after) {
            (b'#', [high, low, after @ ..]) => {
                digit(*high).zip(digit(*low)).map(|(high, low)| (high << 4 | low, after))
            }
            _ => None,
        };
        let (byte, after) = escape.unwrap_or((*first, after));
        plain.push(byte);
        rest = after;
    }
    Cow::Owned(plain)
}
