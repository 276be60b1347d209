//! How slowly a body may come. A caller who sends half and waits, or a byte a minute, holds a connection and memory.
//!
//! One place for every route: whoever reads the body meets an error, and the caller a 408.

use std::cell::Cell;
use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::{Error, ResponseError as _, web};
use futures_core::Stream;

use super::{Problem, ProblemKind, Site};

/// Bytes a second that give a body more time than it has anyway: a large one on a slow line is nobody's fault.
const SLOWEST: u64 = 16 * 1024;

/// Gives a body the time of `server.body_timeout_s`, and a second more for each 16 KiB that came.
///
/// # Errors
/// What the handler's own error is.
pub async fn pace<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let patience = request.app_data::<web::Data<Site>>().map(|site| site.settings.server.body_timeout);
    let payload = request.parts_mut().1.take();
    let (Some(patience), false) = (patience, matches!(payload, Payload::None)) else {
        request.set_payload(payload);
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let is_late = Rc::new(Cell::new(false));
    let paced = Paced::new(payload, patience, Rc::clone(&is_late));
    request.set_payload(Payload::Stream { payload: Box::pin(paced) });
    let response = next.call(request).await?;
    if !is_late.get() {
        return Ok(response.map_into_left_body());
    }
    let mut answer = Problem::new(ProblemKind::TooSlow, "the body did not come in time").error_response();
    // Where the next request would begin, nobody knows.
    answer.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    Ok(response.into_response(answer.map_into_right_body()))
}

/// A body that ends with an error when it comes too slowly.
struct Paced {
    payload: Payload,
    allowed: Duration,
    begun: Instant,
    received: u64,
    /// Made when something is first waited for: most bodies are there at once.
    deadline: Option<Pin<Box<Sleep>>>,
    is_late: Rc<Cell<bool>>,
}

impl Paced {
    fn new(payload: Payload, allowed: Duration, is_late: Rc<Cell<bool>>) -> Self {
        Self { payload, allowed, begun: Instant::now(), received: 0, deadline: None, is_late }
    }

    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        let at = self.begun + self.allowed + Duration::from_millis(self.received.saturating_mul(1000) / SLOWEST);
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if deadline.deadline() < at {
            deadline.as_mut().reset(at);
        }
        deadline.as_mut().poll(context).is_ready()
    }
}

impl Stream for Paced {
    type Item = Result<web::Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let paced = self.get_mut();
        let piece = Pin::new(&mut paced.payload).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &piece {
            paced.received = paced.received.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        }
        if piece.is_pending() && paced.is_over(context) {
            paced.is_late.set(true);
            return Poll::Ready(Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))));
        }
        piece
    }
}
