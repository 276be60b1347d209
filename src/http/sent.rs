//! A form as somebody sent it: values, perhaps a file, and the proof that this program handed the form to this visitor.

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::Stream;
use futures_core::future::LocalBoxFuture;
use std::future::poll_fn;
use std::pin::Pin;

use super::{Problem, ProblemKind, Site, Visitor};
use crate::domain::FormId;

/// The name of the field that holds the form's token.
pub const FORM_TOKEN: &str = "form_token";

/// The values of a form may be this long together.
const VALUES_BYTES: usize = 256 * 1024;

/// A form that belongs to whoever sent it.
pub struct Sent {
    /// The form as it was handed out.
    pub form: FormId,
    values: Vec<(String, String)>,
    files: Vec<SentFile>,
}

/// A file that was chosen in a form. Its type and its content are whatever the sender says.
pub struct SentFile {
    /// The field's name.
    pub field: String,
    /// The content; never empty.
    pub bytes: web::Bytes,
}

impl Sent {
    /// The value of a field without blanks around it; empty when there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.exact(name).trim()
    }

    /// Every value of a field, such as of boxes that were ticked, without blanks around them.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.trim())
    }

    /// The value of a field exactly as it was sent, for passwords.
    #[must_use]
    pub fn exact(&self, name: &str) -> &str {
        self.values.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a box was ticked, or a button pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(given, _)| given == name)
    }

    /// Every name and value, but not the form's token.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.values.iter().filter(|(name, _)| name != FORM_TOKEN);
        own.map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// The file that was chosen in a field.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&SentFile> {
        self.files.iter().find(|file| file.field == field)
    }
}

impl FromRequest for Sent {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { receive(&request, payload).await })
    }
}

async fn receive(request: &HttpRequest, mut payload: Payload) -> Result<Sent, Problem> {
    let site = request.app_data::<web::Data<Site>>();
    let site = site.ok_or_else(|| Problem::new(ProblemKind::Unavailable, "the service is not set up"))?;
    demand_same_origin(request)?;
    let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (values, files) = match declared.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => (read_values(request, &mut payload).await?, Vec::new()),
        "multipart/form-data" => {
            // A margin, so that a paper that is a little too large is told so by name.
            let limit = site.settings.documents.max_bytes.saturating_add(1024);
            read_parts(Multipart::new(request.headers(), payload), limit).await?
        }
        _ => return Err(Problem::new(ProblemKind::UnsupportedMediaType, "expected a form")),
    };
    let token = values.iter().find(|(name, _)| name == FORM_TOKEN).map_or("", |(_, value)| value.as_str());
    let form = site.app.form_of(token, Visitor::of(request).binding()).ok_or_else(foreign)?;
    Ok(Sent { form, values, files })
}

/// Browsers say where a form was sent from (Fetch Metadata); those that do not are left to the token.
fn demand_same_origin(request: &HttpRequest) -> Result<(), Problem> {
    let from = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if matches!(from, None | Some("same-origin" | "none")) { Ok(()) } else { Err(foreign()) }
}

fn foreign() -> Problem {
    Problem::new(ProblemKind::ForeignForm, "the form was not handed out to you, or is too old")
}

type Values = Vec<(String, String)>;

async fn read_values(request: &HttpRequest, payload: &mut Payload) -> Result<Values, Problem> {
    let body = web::Bytes::from_request(request, payload).await.map_err(|_| unreadable())?;
    if body.len() > VALUES_BYTES {
        return Err(too_large());
    }
    let text = std::str::from_utf8(&body).map_err(|_| unreadable())?;
    // The query string of a page and the body of a form are written alike.
    web::Query::<Values>::from_query(text).map(web::Query::into_inner).map_err(|_| unreadable())
}

async fn read_parts(mut parts: Multipart, file_limit: usize) -> Result<(Values, Vec<SentFile>), Problem> {
    let (mut values, mut files, mut left) = (Vec::new(), Vec::new(), VALUES_BYTES);
    while let Some(part) = poll_fn(|context| Pin::new(&mut parts).poll_next(context)).await {
        let mut part = part.map_err(|_| unreadable())?;
        let disposition = part.content_disposition().ok_or_else(unreadable)?;
        let field = disposition.get_name().ok_or_else(unreadable)?.to_owned();
        if disposition.get_filename().is_some() {
            let bytes = read_part(&mut part, file_limit).await?;
            if !bytes.is_empty() {
                files.push(SentFile { field, bytes: bytes.into() });
            }
            continue;
        }
        let bytes = read_part(&mut part, left).await?;
        left = left.saturating_sub(bytes.len());
        values.push((field, String::from_utf8(bytes).map_err(|_| unreadable())?));
    }
    Ok((values, files))
}

async fn read_part(part: &mut Field, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut *part).poll_next(context)).await {
        let piece = piece.map_err(|_| unreadable())?;
        if bytes.len() + piece.len() > limit {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn unreadable() -> Problem {
    Problem::new(ProblemKind::InvalidRequest, "the form could not be read to its end")
}

fn too_large() -> Problem {
    Problem::new(ProblemKind::TooLarge, "expected a smaller form")
}
