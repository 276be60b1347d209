//! What every page has around its content: language, title, who is signed in, where they can go, how long it lasts.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::names::Names;
use super::navigation::{self, Way};
use super::spoken::{Given, Spoken, Whole};
use super::words::Word;
use super::{ROOT, assets};
use crate::app::App;
use crate::app::authority::{Authority, SessionEnds};
use crate::domain::language::Language;
use crate::http::Visitor;
use crate::i18n::Tongue;

/// A session that ends this soon is warned about, whatever is done.
const WARNED_BEFORE: TimeDelta = TimeDelta::minutes(15);

/// What stands around a page's content.
pub(super) struct Frame {
    /// The page's title, in the reader's language.
    pub(super) title: String,
    /// Who is signed in.
    pub(super) holder: Option<Holder>,
    /// A sentence about what was just done.
    pub(super) notice: Option<String>,
    /// The path of this page, to come back to in another language.
    pub(super) path: String,
    /// The instant at which the page is made.
    pub(super) now: DateTime<Utc>,
    tongue: Tongue,
    form_token: Arc<dyn Fn() -> String>,
    /// What people call stores and applications.
    pub(super) names: Names,
}

/// Who is signed in.
pub(super) struct Holder {
    /// Their name in the log.
    pub(super) username: String,
    /// Where they may go.
    pub(super) ways: Vec<Way>,
    ends: SessionEnds,
}

impl Frame {
    /// The frame of a page for somebody who is not signed in.
    pub(super) fn of_guest(app: &Arc<App>, visitor: &Visitor, title: &str) -> Self {
        let (app_for_tokens, binding) = (Arc::clone(app), visitor.binding().to_owned());
        let tongue = Tongue::of(visitor.language);
        let notice = visitor.notice.as_deref().filter(|key| key.starts_with("notice-") && tongue.knows(key));
        Self {
            title: tongue.say(title),
            holder: None,
            notice: notice.map(|key| tongue.say(key)),
            path: visitor.path.clone(),
            now: app.now(),
            tongue,
            // Without a token a form is refused: nothing is lost but the form.
            form_token: Arc::new(move || app_for_tokens.form_token(&binding).unwrap_or_default()),
            names: Names::of(app),
        }
    }

    /// The frame of a page for somebody who is signed in.
    pub(super) fn of_holder<P>(app: &Arc<App>, visitor: &Visitor, who: &Authority<P>, title: &str) -> Self {
        let mut frame = Self::of_guest(app, visitor, title);
        frame.holder = who.session_ends().zip(who.roles()).map(|(ends, roles)| Holder {
            username: who.actor().to_owned(),
            ways: navigation::ways(roles, &visitor.path),
            ends,
        });
        frame
    }

    /// A frame with invented content.
    pub(super) fn sample(language: Language) -> Self {
        let now = DateTime::from_timestamp(1_930_392_000, 0).unwrap_or_default();
        let ends = SessionEnds { unused_at: now + TimeDelta::minutes(30), at: now + TimeDelta::minutes(12) };
        let ways = navigation::every(ROOT);
        let tongue = Tongue::of(language);
        Self {
            title: tongue.say("sample-title"),
            holder: Some(Holder { username: "r.archuleta".to_owned(), ways, ends }),
            notice: Some(tongue.say("notice-signed-in")),
            path: ROOT.to_owned(),
            now,
            tongue,
            form_token: Arc::new(|| "sample".to_owned()),
            names: Names::sample(),
        }
    }

    /// The same frame under another title that is already in the reader's language, such as a docket number.
    pub(super) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The sentence of that key.
    pub(super) fn t(&self, key: &str) -> String {
        self.tongue.say(key)
    }

    /// The sentence of that key, with one name filled in.
    pub(super) fn t1(&self, key: &str, name: &str, value: impl Spoken) -> String {
        self.tongue.say_with(key, [(name, value.value())])
    }

    /// The sentence of that key, with two names filled in.
    pub(super) fn t2(&self, key: &str, name: &str, value: impl Spoken, other: &str, others: impl Spoken) -> String {
        self.tongue.say_with(key, [(name, value.value()), (other, others.value())])
    }

    /// The sentence of that key, with three names filled in.
    #[expect(clippy::too_many_arguments, reason = "a template writes them one after the other")]
    pub(super) fn t3(
        &self,
        key: &str,
        name: &str,
        value: impl Spoken,
        other: &str,
        others: impl Spoken,
        third: &str,
        thirds: impl Spoken,
    ) -> String {
        self.tongue.say_with(key, [(name, value.value()), (other, others.value()), (third, thirds.value())])
    }

    /// What people call a member of a closed set.
    pub(super) fn word(&self, word: impl Word) -> String {
        word.said(self.tongue)
    }

    /// A whole number.
    pub(super) fn number(&self, number: impl Whole) -> String {
        self.tongue.number(number.whole())
    }

    /// The day of an instant.
    pub(super) fn date(&self, at: impl Given<DateTime<Utc>>) -> String {
        self.tongue.date(at.given())
    }

    /// A day of the calendar.
    pub(super) fn day(&self, day: impl Given<NaiveDate>) -> String {
        self.tongue.day(day.given())
    }

    /// The time of day of an instant.
    pub(super) fn time(&self, at: impl Given<DateTime<Utc>>) -> String {
        self.tongue.time(at.given())
    }

    /// An instant in Mountain Time.
    pub(super) fn instant(&self, at: impl Given<DateTime<Utc>>) -> String {
        self.tongue.instant(at.given())
    }

    /// How long until an instant, or since it.
    pub(super) fn between(&self, at: impl Given<DateTime<Utc>>) -> String {
        self.tongue.stretch((at.given() - self.now).abs())
    }

    /// The reader's language.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// The tag of the page's language.
    pub(super) fn language(&self) -> &'static str {
        self.tongue.language().as_str()
    }

    /// The other language.
    pub(super) fn other_language(&self) -> &'static str {
        match self.tongue.language() {
            Language::English => Language::Spanish.as_str(),
            Language::Spanish => Language::English.as_str(),
        }
    }

    /// A token for one form of this page.
    pub(super) fn form_token(&self) -> String {
        (self.form_token)()
    }

    /// Where a static file is served, whatever version this program has of it.
    #[expect(clippy::unused_self, reason = "templates know nothing else")]
    pub(super) fn asset(&self, name: &str) -> Cow<'static, str> {
        assets::path_of(name)
    }

    /// When the session ends, if that is soon whatever is done.
    pub(super) fn ends_soon(&self) -> Option<DateTime<Utc>> {
        let at = self.holder.as_ref()?.ends.at;
        (at - self.now <= WARNED_BEFORE).then_some(at)
    }
}

impl Holder {
    /// When the session ends if nothing is done.
    pub(super) fn unused_at(&self) -> DateTime<Utc> {
        self.ends.unused_at.min(self.ends.at)
    }
}
