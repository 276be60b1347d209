//! The letter to whoever asked, in the language that they read. It names no resident: the requester knows whom they asked
//! about, and the city's own number would tell them more than they asked.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::answer::{FieldSaid, Said, said};
use crate::app::authority::AskAtCounter;
use crate::console::words::Word;
use crate::console::{Desk, Frame, Page};
use crate::domain::decision::{Obligation, Outcome};
use crate::domain::language::Language;
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Site};
use crate::i18n::Tongue;

/// The page: a letter inside the frame of the console, which is not printed.
#[derive(Template)]
#[template(path = "console/counter/letter.html")]
pub(in crate::console) struct LetterPage {
    frame: Frame,
    /// The language of the letter, whatever the reader's is.
    letter: Tongue,
    said: Said,
}

impl LetterPage {
    fn language(&self) -> &'static str {
        self.letter.language().as_str()
    }

    fn say(&self, key: &str) -> String {
        self.letter.say(key)
    }

    fn say_at(&self, key: &str) -> String {
        let at = self.letter.instant(self.said.at);
        self.letter.say_with(key, [("at", at.into()), ("store", self.said.store.clone().into())])
    }

    fn date(&self) -> String {
        self.letter.date(self.said.at)
    }

    fn word(&self, word: impl Word) -> String {
        word.said(self.letter)
    }

    fn told(&self, field: &FieldSaid) -> &'static str {
        self.said.told(field, self.letter.language())
    }

    /// What the requester must know of; the city's own duties stay with the city.
    fn duties(&self) -> Vec<&'static str> {
        let is_theirs = |duty: &&Obligation| **duty != Obligation::ReviewAfterRelease;
        self.said.obligations.iter().filter(is_theirs).map(|duty| duty.sentence(self.letter.language())).collect()
    }

    fn has_denials(&self) -> bool {
        self.said.outcome != Outcome::Released
    }
}

/// Shows the letter of an answer to whoever asked for it.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<AskAtCounter>,
    path: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let language = query.iter().find(|(name, _)| name == "in").and_then(|(_, tag)| tag.parse::<Language>().ok());
    let who = desk.who.clone();
    let said = off_the_web(&site, move |app| said(app, &who, &path)).await?;
    let letter = language.map_or(desk.tongue(), Tongue::of);
    desk.show(&LetterPage { frame: desk.frame("counter-letter-title"), letter, said })
}

impl Page for LetterPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |outcome, language| {
            let frame = frame();
            Self { said: Said::sample(outcome, frame.now), frame, letter: Tongue::of(language) }
        };
        let letters = Outcome::ALL.into_iter().flat_map(|outcome| Language::ALL.map(|language| (outcome, language)));
        letters.map(|(outcome, language)| page(outcome, language)).collect()
    }
}
