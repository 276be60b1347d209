//! One pass over the bytes of a record, which demands the canonical spelling.

use super::NotCanonical;
use super::canonical::INTEGER_LIMIT;

/// A place in a text.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes this byte if it is the next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn demand(&mut self, byte: u8) -> Result<(), NotCanonical> {
        if self.takes(byte) { Ok(()) } else { Err(self.surprise()) }
    }

    /// What is wrong with a byte that cannot stand here.
    pub(super) fn surprise(&self) -> NotCanonical {
        match self.peek() {
            Some(b' ' | b'\t' | b'\n' | b'\r') => NotCanonical::Spelling,
            _ => NotCanonical::Json,
        }
    }

    fn value(&mut self, depth: u8) -> Result<(), NotCanonical> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.object(depth, &mut |_, _| {}),
            Some(b'[') => self.array(depth, &mut |_| {}),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null").and(Err(NotCanonical::Restricted)),
            Some(b'-' | b'0'..=b'9') => self.integer(),
            _ => Err(self.surprise()),
        }
    }

    /// An object, whose keys stand in the order of their bytes, each once.
    pub(super) fn object(&mut self, depth: u8, member: &mut dyn FnMut(&'a str, &'a str)) -> Result<(), NotCanonical> {
        let depth = depth.checked_sub(1).ok_or(NotCanonical::Json)?;
        self.demand(b'{')?;
        if self.takes(b'}') {
            return Ok(());
        }
        let mut last = None;
        loop {
            let key = self.string()?;
            // Keys of records are plain words: nothing in them needs an escape.
            if !key.is_ascii() || key.contains('\\') {
                return Err(NotCanonical::Restricted);
            }
            if last.is_some_and(|last| last >= key) {
                return Err(NotCanonical::Spelling);
            }
            last = Some(key);
            self.demand(b':')?;
            let begin = self.at;
            self.value(depth)?;
            member(key, self.text.get(begin..self.at).unwrap_or_default());
            if !self.takes(b',') {
                return self.demand(b'}');
            }
        }
    }

    /// An array.
    pub(super) fn array(&mut self, depth: u8, item: &mut dyn FnMut(&'a str)) -> Result<(), NotCanonical> {
        let depth = depth.checked_sub(1).ok_or(NotCanonical::Json)?;
        self.demand(b'[')?;
        if self.takes(b']') {
            return Ok(());
        }
        loop {
            let begin = self.at;
            self.value(depth)?;
            item(self.text.get(begin..self.at).unwrap_or_default());
            if !self.takes(b',') {
                return self.demand(b']');
            }
        }
    }

    /// What stands between the quotes, escapes and all.
    fn string(&mut self) -> Result<&'a str, NotCanonical> {
        self.demand(b'"')?;
        let begin = self.at;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            self.at += plain_length(rest).ok_or(NotCanonical::Json)?;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                _ => return Err(NotCanonical::Json),
            }
        }
        let text = self.text.get(begin..self.at).unwrap_or_default();
        self.at += 1;
        Ok(text)
    }

    /// The shortest spelling of what must be escaped, and of nothing else.
    fn escape(&mut self) -> Result<(), NotCanonical> {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        self.at += match rest {
            [b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', b'0', b'0', b'0', b'0'..=b'7' | b'b' | b'e' | b'f', ..]
            | [b'u', b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f', ..] => 6,
            [b'/' | b'u', ..] => return Err(NotCanonical::Spelling),
            _ => return Err(NotCanonical::Json),
        };
        Ok(())
    }

    fn literal(&mut self, word: &str) -> Result<(), NotCanonical> {
        let is_next = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += word.len();
        if is_next { Ok(()) } else { Err(NotCanonical::Json) }
    }

    fn integer(&mut self) -> Result<(), NotCanonical> {
        let begin = self.at;
        let is_negative = self.takes(b'-');
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(NotCanonical::Restricted);
        }
        let digits = self.text.get(begin + usize::from(is_negative)..self.at).unwrap_or_default();
        let is_plain = digits == "0" && !is_negative || !digits.is_empty() && !digits.starts_with('0');
        match digits.parse::<u64>() {
            _ if !is_plain => Err(NotCanonical::Json),
            Ok(number) if number < INTEGER_LIMIT => Ok(()),
            _ => Err(NotCanonical::Restricted),
        }
    }
}

/// How many bytes come before the first quote, backslash or control character; `None` when there is none. Eight bytes at a
/// time: most of a record stands between quotes.
fn plain_length(text: &[u8]) -> Option<usize> {
    let (words, rest) = text.as_chunks::<8>();
    for (word, before) in words.iter().zip((0..).step_by(8)) {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return Some(before + special.trailing_zeros() as usize / 8);
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    rest.iter().position(is_special).map(|at| text.len() - rest.len() + at)
}

/// The high bit of each byte that is a quote, a backslash or a control character. Bytes above the lowest of them may be
/// marked without being one.
const fn special_bytes(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    const HIGH: u64 = EACH * 0x80;
    const fn below(word: u64, limit: u8) -> u64 {
        word.wrapping_sub(EACH * limit as u64) & !word & HIGH
    }
    below(word ^ (EACH * b'"' as u64), 1) | below(word ^ (EACH * b'\\' as u64), 1) | below(word, 0x20)
}
