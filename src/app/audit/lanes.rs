//! Reading stretches of the log on several threads, and handing them on in order.
//!
//! Each thread reads every n-th stretch and waits until the one before was taken: memory stays the same however long the log
//! is, and the first fault that is handed on is the first in the log.

use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::stretch::{LENGTH, Stretch};
use super::{Check, LinkKeys, VerifyError};
use crate::storage::{Store, StoreError};

/// Stretches of a thread that wait to be taken.
const WAITING: usize = 1;

/// Reads the entries from `first` up to, and without, `end` on as many threads as is said, and gives each stretch to `take`,
/// in order.
pub(super) fn read(
    store: &Store,
    (first, end): (u64, u64),
    check: &Check<'_>,
    mut take: impl FnMut(Stretch) -> Result<(), VerifyError>,
) -> Result<(), VerifyError> {
    let (threads, keys) = (check.threads.max(1), check.links);
    thread::scope(|scope| {
        let start = |lane: usize| {
            let (sender, receiver) = sync_channel(WAITING);
            let own = stretches(first, end).skip(lane).step_by(threads);
            let name = format!("zaguan-verify-{lane}");
            thread::Builder::new().name(name).spawn_scoped(scope, move || run(store, own, keys, &sender))?;
            Ok(receiver)
        };
        // When anything fails the receivers are dropped, and the threads end at their next stretch.
        let lanes = (0..threads).map(start).collect::<io::Result<Vec<Receiver<_>>>>();
        // Whoever cannot read says nothing about the log.
        let lanes = lanes.map_err(|error| StoreError::Unreachable(Box::new(error)))?;
        for (_, lane) in stretches(first, end).zip(lanes.iter().cycle()) {
            // A thread ends early only by a panic, which the scope passes on.
            let stretch = lane.recv().map_err(|_| StoreError::Corrupt("a thread that reads the log ended"))?;
            take(stretch?)?;
        }
        Ok(())
    })
}

fn run(
    store: &Store,
    mut stretches: impl Iterator<Item = (u64, u64)>,
    keys: Option<&LinkKeys>,
    sender: &SyncSender<Result<Stretch, StoreError>>,
) {
    let _ = stretches.try_for_each(|stretch| {
        let stretch = store.read_at_once(|conn| Stretch::read(conn, stretch, keys));
        let is_over = stretch.is_err();
        if sender.send(stretch).is_err() || is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
}

/// Where each stretch begins and ends: at multiples of its length, but for the first and the last.
fn stretches(first: u64, end: u64) -> impl Iterator<Item = (u64, u64)> {
    let begin = first - first % LENGTH;
    let begins = (begin..end).step_by(usize::try_from(LENGTH).unwrap_or(usize::MAX));
    begins.map(move |begin| (begin.max(first), end.min(begin + LENGTH)))
}
