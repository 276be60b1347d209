//! The form at the counter: first where the data is, then who asks, for what, and about whom.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::answer::called;
use super::read::Typed;
use crate::app::App;
use crate::app::authority::{AskAtCounter, Authority, ReadBasis};
use crate::app::decisions::{CounterRefused, Recorded};
use crate::console::records::list::name_of;
use crate::console::records::options::{Choice, stores, words};
use crate::console::{Desk, Faults, Frame, Page};
use crate::domain::legal_basis::life::BasisState;
use crate::domain::{Purpose, RequesterKind, StoreId};
use crate::http::blocking::off_the_web;
use crate::http::{Problem, ProblemKind, Sent, Site};
use crate::storage::catalog;
use crate::storage::legal_bases::Filter;

/// Verified bases that are offered to be cited.
const OFFERED: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "console/counter/ask.html")]
pub(in crate::console) struct AskPage {
    frame: Frame,
    faults: Faults,
    typed: Typed,
    stores: Vec<Choice>,
    /// The fields of the chosen store; none before one was chosen.
    fields: Vec<Choice>,
    requester_kinds: Vec<Choice>,
    purposes: Vec<Choice>,
    bases: Vec<Choice>,
    store_name: Option<String>,
}

/// Shows the form; of the store that was chosen, if one was.
pub(super) async fn show(
    site: web::Data<Site>,
    desk: Desk<AskAtCounter>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let query = query.map(web::Query::into_inner).unwrap_or_default();
    let store = query.into_iter().find(|(name, _)| name == "store").map(|(_, id)| id).unwrap_or_default();
    let typed = Typed { store, ..Typed::default() };
    let page = page(&site, &desk, typed, Faults::default()).await?;
    desk.show(&page)
}

/// Asks. The answer stands on a page of its own, which the same form sent again leads to, too.
pub(super) async fn ask(site: web::Data<Site>, desk: Desk<AskAtCounter>, sent: Sent) -> Result<HttpResponse, Problem> {
    let typed = Typed::of(&sent);
    let frame = desk.frame("counter-title");
    let asked = match typed.read(&frame, &sent, &site.settings.limits) {
        Ok(asked) => asked,
        Err(faults) => {
            let page = page(&site, &desk, typed, faults).await?;
            return desk.show_again(&page);
        }
    };
    let who = desk.who.clone();
    let recorded: Recorded = off_the_web(&site, move |app| {
        app.decide_at_counter(&who, asked).map_err(|failure| Problem::of_staff(failure, refused))
    })
    .await?;
    if !recorded.is_replay {
        metrics::counter!("zaguan_decisions_total", "outcome" => recorded.record.outcome.as_str()).increment(1);
    }
    Ok(desk.see_other(&format!("/console/counter/{}", recorded.record.id), "notice-decided"))
}

fn refused(reason: CounterRefused) -> Problem {
    let kind = match reason {
        CounterRefused::UnknownStore => ProblemKind::NotFound,
        CounterRefused::IdentityNotChecked => ProblemKind::InvalidRequest,
        CounterRefused::FormTaken => ProblemKind::Conflict,
    };
    Problem::new(kind, reason.to_string())
}

async fn page(
    site: &web::Data<Site>,
    desk: &Desk<AskAtCounter>,
    typed: Typed,
    faults: Faults,
) -> Result<AskPage, Problem> {
    let (frame, who) = (desk.frame("counter-title"), desk.authorize::<ReadBasis>(site).await?.who);
    let store: Option<StoreId> = typed.store.parse().ok();
    let wanted = store.clone();
    let (stores, names, listed) = off_the_web(site, move |app| {
        let fields = wanted.as_ref().map_or(Ok(Vec::new()), |store| fields_of(app, store))?;
        let listed = wanted.map_or(Ok(Vec::new()), |store| verified(app, &who, store))?;
        Ok((stores(app)?, fields, listed))
    })
    .await?;
    let store_name = stores.iter().find(|(id, _)| *id == typed.store).map(|(_, name)| name.clone());
    let label = |(name, class): (String, _)| {
        let text = frame.t2("counter-field", "name", called(&name), "class", frame.word(class));
        (name, text)
    };
    let basis = |listed: &crate::app::legal_bases::ListedBasis| {
        let stored = &listed.stored;
        let name = name_of(&frame, stored.basis.kind, stored.basis.instrument);
        let particulars = &stored.particulars;
        let number = particulars.docket.clone().or(particulars.citation.clone()).unwrap_or_default();
        (stored.basis.id.to_string(), format!("{name} {number}"))
    };
    Ok(AskPage {
        fields: names.into_iter().map(label).collect(),
        bases: listed.iter().map(basis).collect(),
        requester_kinds: words(&frame, RequesterKind::ALL),
        purposes: words(&frame, Purpose::ALL),
        frame,
        faults,
        typed,
        stores,
        store_name,
    })
}

/// The fields of a store that have a name of their own, with their classes.
fn fields_of(app: &App, store: &StoreId) -> Result<Vec<(String, crate::domain::field::FieldClass)>, Problem> {
    let catalog = app.store().read(catalog::load)?;
    let Some(store) = catalog.find(store) else { return Ok(Vec::new()) };
    let fields = store.fields().iter().filter(|field| field.alias_of.is_none() && !field.name.as_asked().contains('*'));
    Ok(fields.map(|field| (field.name.as_asked().to_owned(), store.class_of(field))).collect())
}

fn verified(
    app: &App,
    who: &Authority<ReadBasis>,
    store: StoreId,
) -> Result<Vec<crate::app::legal_bases::ListedBasis>, Problem> {
    let filter = Filter { state: Some(BasisState::Verified), store: Some(store), ..Filter::default() };
    Ok(app.list_bases(who, &filter, None, OFFERED)?.items)
}

impl Page for AskPage {
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self> {
        let stores: Vec<Choice> = vec![("utility-billing".to_owned(), "Utility billing".to_owned())];
        let page = |store: &str, faults: &[(&str, &str)]| {
            let frame = frame();
            let mut shown = Faults::default();
            for (field, key) in faults {
                shown.add(*field, frame.t(key));
            }
            let is_chosen = !store.is_empty();
            let some = |choice: (&str, &str)| {
                let choice = (choice.0.to_owned(), choice.1.to_owned());
                Some(choice).filter(|_| is_chosen).into_iter().collect::<Vec<Choice>>()
            };
            Self {
                faults: shown,
                typed: Typed { store: store.to_owned(), ..Typed::default() },
                fields: some(("service_address", "service_address")),
                bases: some(("x", "D-307-CR-2031-00042")),
                requester_kinds: words(&frame, RequesterKind::ALL),
                purposes: words(&frame, Purpose::ALL),
                stores: stores.clone(),
                store_name: is_chosen.then(|| "Utility billing".to_owned()),
                frame,
            }
        };
        let faults = [
            ("resident", "counter-fault-resident"),
            ("fields", "counter-fault-no-fields"),
            ("requester_kind", "counter-fault-kind"),
            ("identity_checked", "counter-fault-identity"),
        ];
        vec![page("", &[]), page("utility-billing", &[]), page("utility-billing", &faults)]
    }
}
