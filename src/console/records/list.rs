//! The list of legal bases: filters in the address, but a resident only ever in a form.

use std::str::FromStr;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

use super::options::{Choice, stores, words};
use super::seen::look;
use crate::app::App;
use crate::app::authority::{Authority, ReadBasis};
use crate::app::legal_bases::{ListedBasis, Page as Listed};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::court::Docket;
use crate::domain::legal_basis::life::BasisState;
use crate::domain::legal_basis::window::in_city_time;
use crate::domain::legal_basis::{BasisKind, Instrument};
use crate::domain::staff::Permission;
use crate::domain::{LegalBasisId, ResidentId, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, Sent, Site};
use crate::storage::legal_bases::Filter;

/// Bases on one page.
const PER_PAGE: usize = 25;

/// The page.
#[derive(Template)]
#[template(path = "console/records/list.html")]
pub(in crate::console) struct ListPage {
    frame: Frame,
    faults: Faults,
    asked: Asked,
    choices: Choices,
    lines: Vec<Line>,
    next: Option<String>,
    may_register: bool,
}

/// What was asked for, as it was typed.
#[derive(Clone, Default)]
struct Asked(Vec<(String, String)>);

/// What can be chosen.
#[derive(Default)]
struct Choices {
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    stores: Vec<Choice>,
    courts: Vec<String>,
}

/// A basis on the list.
struct Line {
    id: String,
    name: String,
    docket: String,
    state: BasisState,
    look: &'static str,
    registrar: String,
    registered_at: DateTime<Utc>,
    valid_until: Option<DateTime<Utc>>,
}

impl Asked {
    const FIELDS: [&str; 9] = ["state", "kind", "court", "docket", "registrar", "from", "until", "store", "resident"];

    fn value(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
    }

    /// What the next page is asked with.
    fn given(&self) -> Vec<(&'static str, &str)> {
        let given = Self::FIELDS.into_iter().map(|field| (field, self.value(field)));
        given.filter(|(_, value)| !value.is_empty()).collect()
    }

    fn has_filter(&self) -> bool {
        !self.given().is_empty()
    }
}

/// What is looked for.
struct Wanted {
    filter: Filter,
    resident: Option<(StoreId, ResidentId)>,
    after: Option<LegalBasisId>,
}

/// The list, by what stands in the address.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<ReadBasis>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let mut query = query.map(web::Query::into_inner).unwrap_or_default();
    query.retain(|(name, _)| name != "resident");
    answer(&site, &desk, Asked(query)).await
}

/// The bases that name a resident.
pub(super) async fn search(site: web::Data<Site>, desk: Desk<ReadBasis>, sent: Sent) -> Result<HttpResponse, Problem> {
    let asked = Asked(sent.all().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    answer(&site, &desk, asked).await
}

async fn answer(site: &web::Data<Site>, desk: &Desk<ReadBasis>, asked: Asked) -> Result<HttpResponse, Problem> {
    let frame = desk.frame("records-list-title");
    let mut faults = Faults::default();
    let wanted = wanted(&frame, &asked, &mut faults, &site.app);
    let (who, is_fine) = (desk.who.clone(), faults.is_empty());
    let (listed, stores) = off_the_web(site, move |app| {
        let listed = if is_fine { find(app, &who, wanted)? } else { Listed { items: Vec::new(), next: None } };
        Ok((listed, stores(app)?))
    })
    .await?;
    let choices = Choices::of(&frame, &site.app, stores);
    let lines = listed.items.iter().map(|listed| Line::of(&frame, &site.app, listed)).collect();
    let next = listed.next.map(|id| id.to_string());
    let may_register = desk.who.roles().is_some_and(|roles| roles.permit(Permission::RegisterBasis));
    let page = ListPage { frame, faults, asked, choices, lines, next, may_register };
    if is_fine { desk.show(&page) } else { desk.show_again(&page) }
}

fn find(app: &App, who: &Authority<ReadBasis>, wanted: Wanted) -> Result<Listed<ListedBasis, LegalBasisId>, Problem> {
    let Wanted { filter, resident, after } = wanted;
    match resident {
        Some(resident) => app
            .list_bases_naming(who, resident, filter, after, PER_PAGE)
            .map_err(|failure| Problem::of_staff(failure, |never| match never {})),
        None => Ok(app.list_bases(who, &filter, after, PER_PAGE)?),
    }
}

/// Reads what was typed. What cannot be read is a fault at its field.
fn wanted(frame: &Frame, asked: &Asked, faults: &mut Faults, app: &App) -> Wanted {
    let resident = resident(frame, asked, faults);
    let court = Some(asked.value("court")).filter(|name| !name.is_empty()).and_then(|name| {
        let found = app.courts().find(name).map(|court| court.id.to_string());
        if found.is_none() {
            faults.add("court", frame.t("records-fault-unknown-court"));
        }
        found
    });
    let mut read = Read { frame, asked, faults };
    let filter = Filter {
        state: read.word("state"),
        kind: read.word("kind"),
        court,
        docket: read.word::<DocketText>("docket").map(|docket| docket.0),
        registrar: Some(asked.value("registrar").to_owned()).filter(|name| !name.is_empty()),
        from: read.day("from", 0),
        until: read.day("until", 1),
        // With a resident the store says in which store they are known.
        store: if resident.is_none() { read.word("store") } else { None },
        ..Filter::default()
    };
    Wanted { filter, resident, after: asked.value("after").parse().ok() }
}

fn resident(frame: &Frame, asked: &Asked, faults: &mut Faults) -> Option<(StoreId, ResidentId)> {
    let typed = asked.value("resident");
    if typed.is_empty() {
        return None;
    }
    let store = asked.value("store").parse().ok();
    if store.is_none() {
        faults.add("store", frame.t("records-fault-store-of-resident"));
    }
    let id = ResidentId::new(typed).ok();
    if id.is_none() {
        faults.add("resident", frame.t("records-fault-unreadable"));
    }
    store.zip(id)
}

/// Reads one field after the other.
struct Read<'r> {
    frame: &'r Frame,
    asked: &'r Asked,
    faults: &'r mut Faults,
}

impl Read<'_> {
    fn word<T: FromStr>(&mut self, field: &str) -> Option<T> {
        let typed = self.asked.value(field);
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        if read.is_none() {
            self.faults.add(field, self.frame.t("records-fault-unreadable"));
        }
        read
    }

    /// The beginning of a day, or of one so many days later, in the city's time.
    fn day(&mut self, field: &str, later: u64) -> Option<DateTime<Utc>> {
        let day: NaiveDate = self.word(field)?;
        let day = day.checked_add_days(chrono::Days::new(later))?;
        Some(in_city_time(day.and_time(chrono::NaiveTime::MIN)))
    }
}

/// A docket number in the court's own spelling.
struct DocketText(String);

impl FromStr for DocketText {
    type Err = crate::domain::court::DocketFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Docket::parse(text).map(|docket| Self(docket.to_string()))
    }
}

impl Choices {
    fn of(frame: &Frame, app: &App, stores: Vec<Choice>) -> Self {
        let courts = app.courts().courts().map(|court| court.name.clone()).collect();
        Self { states: words(frame, BasisState::ALL), kinds: words(frame, BasisKind::ALL), stores, courts }
    }
}

impl Line {
    fn of(frame: &Frame, app: &App, ListedBasis { stored, state, .. }: &ListedBasis) -> Self {
        let particulars = &stored.particulars;
        let court = particulars.court.as_ref().and_then(|id| app.courts().get(&id.parse().ok()?));
        let court = court.map(|court| court.name.clone());
        Self {
            id: stored.basis.id.to_string(),
            name: name_of(frame, stored.basis.kind, stored.basis.instrument),
            docket: particulars.docket.clone().or(particulars.citation.clone()).or(court).unwrap_or_default(),
            state: *state,
            look: look(*state),
            registrar: stored.people.registrar.clone(),
            registered_at: stored.people.registered_at,
            valid_until: stored.basis.valid_until,
        }
    }
}

/// What people call a basis: its paper, or its kind when it has none.
pub(in crate::console) fn name_of(frame: &Frame, kind: BasisKind, instrument: Option<Instrument>) -> String {
    instrument.map_or_else(|| frame.word(kind), |paper| frame.word(paper))
}

impl Page for ListPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let page = |lines: Vec<Line>, asked: Asked, next: Option<String>| {
            let frame = frame();
            let choices = Choices { states: words(&frame, BasisState::ALL), ..Choices::default() };
            let mut faults = Faults::default();
            if asked.has_filter() {
                faults.add("docket", frame.t("records-fault-unreadable"));
            }
            Self { frame, faults, asked, choices, lines, next, may_register: true }
        };
        let line = |state: BasisState| Line {
            id: "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000".to_owned(),
            name: name_of(&frame(), BasisKind::JudicialWarrant, Some(Instrument::SearchWarrant)),
            docket: "D-307-CR-2031-00042".to_owned(),
            state,
            look: look(state),
            registrar: "r.archuleta".to_owned(),
            registered_at: frame().now,
            valid_until: (state != BasisState::Rejected).then(|| frame().now),
        };
        let asked = Asked(vec![("docket".to_owned(), "7".to_owned()), ("resident".to_owned(), "ACCT-1".to_owned())]);
        let lines = BasisState::ALL.into_iter().map(line).collect();
        vec![
            page(Vec::new(), Asked::default(), None),
            page(lines, Asked::default(), Some("x".to_owned())),
            page(Vec::new(), asked, None),
        ]
    }
}
