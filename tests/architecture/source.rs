//! Reads Rust source just well enough to say which paths it names, and on which line.

use std::fmt;

/// One source file: where it stands in the crate, and its code without comments and literals.
pub struct Source {
    /// As it is named in messages, such as `src/app/mod.rs`.
    pub file: String,
    /// The module that the file is, such as `["app", "decisions"]`; empty for `lib.rs`.
    pub module: Vec<String>,
    /// As it stands in the file.
    pub text: String,
    /// The text with comments, strings and characters blanked out; lines stay where they are.
    pub code: String,
}

/// A path that is named, made absolute where it began with `crate`, `self` or `super`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
}

impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.path.join("::"))
    }
}

impl Source {
    pub fn new(file: &str, text: &str) -> Self {
        Self { file: file.to_owned(), module: module_of(file), text: text.to_owned(), code: code_of(text) }
    }

    /// The room that the file belongs to: `main` and `lib` for the crate's roots.
    pub fn room(&self) -> &str {
        match self.module.first() {
            Some(room) => room,
            None if self.file.ends_with("main.rs") => "main",
            None => "lib",
        }
    }

    /// Every path that the code names.
    pub fn mentions(&self) -> Vec<Mention> {
        Reader { tokens: tokens_of(&self.code), at: 0, module: self.module.clone(), found: Vec::new() }.read()
    }
}

/// `src/app/decisions/judge.rs` → `app::decisions::judge`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// Blanks out comments, strings and character literals.
pub fn code_of(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_of_line(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_block(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' if is_raw_string(&chars, at) => end_of_raw_string(&chars, at),
            '\'' => end_of_char(&chars, at),
            _ => at,
        };
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

fn end_of_line(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
}

fn end_of_block(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn is_raw_string(chars: &[char], at: usize) -> bool {
    let is_inside_word = at > 0 && is_word(chars[at - 1]) && chars[at - 1] != 'b';
    let after = chars[at + 1..].iter().find(|c| **c != '#');
    !is_inside_word && after == Some(&'"')
}

fn end_of_raw_string(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = start + hashes + 2;
    chars[body.min(chars.len())..]
        .windows(closing.len())
        .position(|window| window == closing)
        .map_or(chars.len(), |length| body + length + closing.len())
}

/// A lifetime has no closing quote; then nothing is blanked.
fn end_of_char(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => {
            let from = start + 3;
            chars[from.min(chars.len())..].iter().position(|c| *c == '\'').map_or(start, |length| from + length + 1)
        }
        (Some(_), Some('\'')) => start + 3,
        _ => start,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    PathSeparator,
    Mark(char),
}

fn tokens_of(code: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = code.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let c = chars[at];
        if is_word(c) {
            let length = chars[at..].iter().take_while(|c| is_word(**c)).count();
            tokens.push((line, Token::Word(chars[at..at + length].iter().collect())));
            at += length;
            continue;
        }
        if c == ':' && chars.get(at + 1) == Some(&':') {
            tokens.push((line, Token::PathSeparator));
            at += 2;
            continue;
        }
        line += usize::from(c == '\n');
        if !c.is_whitespace() {
            tokens.push((line, Token::Mark(c)));
        }
        at += 1;
    }
    tokens
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    module: Vec<String>,
    found: Vec<Mention>,
}

impl Reader {
    fn read(mut self) -> Vec<Mention> {
        // The depth of braces at which each inline module began.
        let (mut depth, mut inline) = (0_usize, Vec::new());
        while let Some((_, token)) = self.tokens.get(self.at).cloned() {
            match token {
                Token::Mark('{') => (depth, self.at) = (depth + 1, self.at + 1),
                Token::Mark('}') => {
                    depth = depth.saturating_sub(1);
                    if inline.last() == Some(&depth) {
                        inline.pop();
                        self.module.pop();
                    }
                    self.at += 1;
                }
                Token::Word(word) if word == "mod" && self.is_mark(self.at + 2, '{') => {
                    if let Some((_, Token::Word(name))) = self.tokens.get(self.at + 1).cloned() {
                        self.module.push(name);
                        inline.push(depth);
                    }
                    self.at += 2;
                }
                Token::Word(_) => self.read_path(&[]),
                // A path from the outermost namespace, `::std::fs`, begins as `std::fs` does.
                _ => self.at += 1,
            }
        }
        self.found
    }

    /// Reads a path or a tree of paths that begins here, as it stands behind `prefix`.
    fn read_path(&mut self, prefix: &[String]) {
        let line = self.tokens.get(self.at).map_or(0, |(line, _)| *line);
        let mut path = prefix.to_vec();
        while let Some((_, Token::Word(word))) = self.tokens.get(self.at) {
            path.push(word.clone());
            self.at += 1;
            if self.tokens.get(self.at).map(|(_, token)| token) != Some(&Token::PathSeparator) {
                return self.note(line, path);
            }
            self.at += 1;
        }
        match self.tokens.get(self.at) {
            Some((_, Token::Mark('{'))) => self.read_group(&path),
            Some((_, Token::Mark('*'))) => {
                self.at += 1;
                self.note(line, path);
            }
            // A turbofish, or the end of a macro's fragment.
            _ => self.note(line, path),
        }
    }

    fn read_group(&mut self, prefix: &[String]) {
        self.at += 1;
        while let Some((_, token)) = self.tokens.get(self.at) {
            match token {
                Token::Mark('}') => {
                    self.at += 1;
                    return;
                }
                Token::Word(_) => self.read_path(prefix),
                Token::PathSeparator | Token::Mark(_) => self.at += 1,
            }
        }
    }

    fn is_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|(_, token)| *token == Token::Mark(mark))
    }

    fn note(&mut self, line: usize, path: Vec<String>) {
        let path = self.absolute(path);
        self.found.push(Mention { line, path });
    }

    fn absolute(&self, path: Vec<String>) -> Vec<String> {
        let rest = |count: usize| path[count..].iter().cloned();
        match path.first().map(String::as_str) {
            Some("zaguan") if path.len() > 1 => std::iter::once("crate".to_owned()).chain(rest(1)).collect(),
            Some("self" | "super") if path.len() > 1 => {
                let ups = path.iter().take_while(|word| *word == "super" || *word == "self").count();
                let supers = path.iter().take(ups).filter(|word| *word == "super").count();
                let base = &self.module[..self.module.len().saturating_sub(supers)];
                std::iter::once("crate".to_owned()).chain(base.iter().cloned()).chain(rest(ups)).collect()
            }
            _ => path,
        }
    }
}
