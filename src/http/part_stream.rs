//! A paper as the body of an answer: the next part is fetched when the last one has gone out.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::web::{self, Bytes};
use futures_core::Stream;
use futures_core::future::LocalBoxFuture;

use crate::app::documents::{DocumentParts, PartError};

type Step = Result<(DocumentParts, Option<Bytes>), PartError>;

/// Ends with an error, and so with a broken connection, when a part does not open: never with a short answer that looks whole.
pub enum PartStream {
    /// The next part has not been asked for.
    Waiting(Box<DocumentParts>),
    /// The next part is on its way.
    Fetching(LocalBoxFuture<'static, Step>),
    /// Nothing more comes.
    Ended,
}

impl PartStream {
    /// The body of a paper that was opened.
    #[must_use]
    pub fn new(parts: DocumentParts) -> Self {
        Self::Waiting(Box::new(parts))
    }
}

impl Stream for PartStream {
    type Item = Result<Bytes, PartError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        let mut fetching = match std::mem::replace(stream, Self::Ended) {
            Self::Waiting(parts) => Box::pin(fetch(*parts)),
            Self::Fetching(fetching) => fetching,
            Self::Ended => return Poll::Ready(None),
        };
        let Poll::Ready(step) = fetching.as_mut().poll(context) else {
            *stream = Self::Fetching(fetching);
            return Poll::Pending;
        };
        Poll::Ready(match step {
            Ok((parts, Some(part))) => {
                *stream = Self::new(parts);
                Some(Ok(part))
            }
            Ok((_, None)) => None,
            Err(error) => {
                tracing::error!(%error, "a document ends before its end");
                Some(Err(error))
            }
        })
    }
}

async fn fetch(mut parts: DocumentParts) -> Step {
    let fetched = web::block(move || {
        let part = parts.next_part()?.map(|part| Bytes::copy_from_slice(&part));
        Ok((parts, part))
    });
    fetched.await.unwrap_or(Err(PartError::Missing))
}
