//! Segments are made behind the writer's back, one at a time, whenever enough entries have come together.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use super::segment::{AppendSegment, columns_of};
use crate::app::{App, ChangeFailure};
use crate::domain::segment::LENGTH;
use crate::storage::{StoreError, segments};

/// How long the keeper waits before it looks again.
const PAUSE: Duration = Duration::from_secs(5);

impl App {
    /// Makes the segments that are missing. Returns how many. Blocks.
    ///
    /// # Errors
    /// Why there are not more. Searches find everything all the same, and take longer.
    pub fn make_segments(&self) -> Result<u64, ChangeFailure<Infallible>> {
        let mut made = 0;
        while self.make_segment()? {
            made += 1;
        }
        Ok(made)
    }

    /// Makes one segment, unless the entries for it are not there yet.
    fn make_segment(&self) -> Result<bool, ChangeFailure<Infallible>> {
        let next = self.store.read(|conn| -> Result<_, StoreError> {
            let first = segments::covered(conn)?;
            let entries = segments::list_entries(conn, first)?;
            Ok((entries.len() == LENGTH).then(|| AppendSegment { first, columns: columns_of(&entries) }))
        })?;
        let Some(next) = next else { return Ok(false) };
        self.ledger.change_blocking(next)?.map_err(ChangeFailure::Refused)
    }
}

/// Makes segments from a thread of its own until it is dropped.
pub struct SegmentKeeper {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SegmentKeeper {
    /// Begins.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn start(app: Arc<App>) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let keep = move || {
            while stopped.recv_timeout(PAUSE) == Err(mpsc::RecvTimeoutError::Timeout) {
                keep_up(&app, &stopped);
            }
        };
        let thread = std::thread::Builder::new().name("zaguan-segments".to_owned()).spawn(keep)?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

/// Makes what is missing, and leaves in between when it is told to stop: an old log has thousands of segments to make.
fn keep_up(app: &App, stopped: &mpsc::Receiver<()>) {
    loop {
        match app.make_segment() {
            Ok(true) if stopped.try_recv() == Err(mpsc::TryRecvError::Empty) => {}
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%error, "searching is slower than it could be: a segment cannot be made");
                return;
            }
        }
    }
}

impl Drop for SegmentKeeper {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
