//! What a page is: a template with typed content that can make samples of itself, so that every page is rendered in every
//! language before anybody needs it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use askama::Template;

use super::Frame;
use crate::console;
use crate::domain::language::Language;
use crate::http::{Problem, ProblemKind};

/// A page.
pub(super) trait Page: Template + Sized {
    /// The page as people may meet it: empty, full, with faults. Everybody in it is plainly fictional.
    fn samples(frame: &dyn Fn() -> Frame) -> Vec<Self>;
}

/// A page that was made to be looked at by tests.
pub struct Sample {
    /// The type of the page, and which of its samples it is.
    pub name: String,
    /// The page.
    pub html: String,
}

/// Every page of this room in one language, with invented content.
///
/// # Errors
/// When a template fails.
pub fn samples(language: Language) -> Result<Vec<Sample>, askama::Error> {
    let makers = [
        of::<console::home::HomePage>,
        of::<console::sign_in::SignInPage>,
        of::<console::problem_page::ProblemPage>,
        of::<console::records::list::ListPage>,
        of::<console::records::basis::BasisPage>,
        of::<console::records::draft::BeginPage>,
        of::<console::records::draft::PaperPage>,
        of::<console::records::draft::CourtPage>,
        of::<console::records::draft::ScopePage>,
        of::<console::records::draft::ScanPage>,
        of::<console::records::draft::CheckPage>,
        of::<console::counter::AskPage>,
        of::<console::counter::AnswerPage>,
        of::<console::counter::LetterPage>,
        of::<console::enrol::EnrolPage>,
        of::<console::enrol::EnrolledPage>,
        of::<console::enrol::LinkEndedPage>,
        of::<console::account::AccountPage>,
        of::<console::account::CredentialsPage>,
        of::<console::account::CodesPage>,
        of::<console::staff::StaffListPage>,
        of::<console::staff::InvitePage>,
        of::<console::staff::LinkPage>,
        of::<console::staff::StaffPage>,
        of::<console::access_review::ReviewPage>,
        of::<console::clients::ClientsPage>,
        of::<console::clients::RegisterPage>,
        of::<console::clients::SecretPage>,
        of::<console::clients::ClientPage>,
        of::<console::catalog::StoresPage>,
        of::<console::catalog::StorePage>,
        of::<console::catalog::FieldPage>,
        of::<console::catalog::ProposePage>,
        of::<console::catalog::UnknownPage>,
        of::<console::catalog::ProposalsPage>,
        of::<console::catalog::ProposalPage>,
        of::<console::decisions::SearchPage>,
        of::<console::decisions::DecisionPage>,
        of::<console::decisions::ExportPage>,
        of::<console::decisions::ExportProgressPage>,
        of::<console::log::LogPage>,
        of::<console::log::EntriesPage>,
        of::<console::log::EntryPage>,
        of::<console::counsel::QueuePage>,
        of::<console::counsel::VerificationPage>,
        of::<console::counsel::DeedPage>,
        of::<console::counsel::ReferralsPage>,
        of::<console::counsel::ReferralPage>,
        of::<console::counsel::ViolationsPage>,
        of::<console::counsel::ViolationPage>,
        of::<console::report::ChoosePage>,
        of::<console::report::ReportPage>,
        of::<console::public_log::PublicLogPage>,
    ];
    let samples: Vec<Vec<Sample>> = makers.into_iter().map(|make| make(language)).collect::<Result<_, _>>()?;
    Ok(samples.into_iter().flatten().collect())
}

fn of<P: Page>(language: Language) -> Result<Vec<Sample>, askama::Error> {
    let name = std::any::type_name::<P>().rsplit("::").next().unwrap_or_default();
    let pages = P::samples(&|| Frame::sample(language)).into_iter().zip(1..);
    pages.map(|(page, number)| Ok(Sample { name: format!("{name} {number}"), html: page.render()? })).collect()
}

/// The answer that shows a page. What staff see is never kept by caches.
pub(super) fn answer(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Problem> {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be rendered");
        Problem::new(ProblemKind::Unavailable, "the page cannot be shown")
    })?;
    Ok(HttpResponse::build(status)
        .insert_header(ContentType::html())
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(html))
}
