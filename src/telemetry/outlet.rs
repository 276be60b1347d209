//! The way out for log lines: a queue, and a thread that writes. Whoever logs never waits, because whoever reads the log may
//! have stopped reading: a full pipe must not take the gate down. What finds no room is dropped, and counted.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

/// Lines that may wait: a few megabytes.
const ROOM: usize = 8_192;

/// How long a program that ends waits for its lines to be written.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// How long between two attempts to get into a full queue.
const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// Where lines are put.
#[derive(Clone)]
pub(super) struct Outlet {
    queue: SyncSender<Parcel>,
    dropped: Arc<AtomicU64>,
}

enum Parcel {
    Line(Vec<u8>),
    /// Everything before it is written.
    Mark(SyncSender<()>),
}

impl Outlet {
    /// Starts the thread.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub(super) fn open(to: impl Write + Send + 'static) -> io::Result<Self> {
        let (queue, parcels) = sync_channel(ROOM);
        let dropped = Arc::new(AtomicU64::new(0));
        let known = Arc::clone(&dropped);
        std::thread::Builder::new().name("zaguan-log".to_owned()).spawn(move || carry(&parcels, to, &known))?;
        Ok(Self { queue, dropped })
    }

    /// Waits until what was put in before is written, but not for long.
    pub(super) fn flush(&self) {
        let end = Instant::now() + LAST_WAIT;
        let (mark, is_written) = sync_channel(1);
        let mut parcel = Parcel::Mark(mark);
        // The queue may be full, and moving.
        while let Err(TrySendError::Full(refused)) = self.queue.try_send(parcel) {
            if Instant::now() >= end {
                return;
            }
            parcel = refused;
            std::thread::park_timeout(LOOK_AGAIN);
        }
        let _ = is_written.recv_timeout(end.saturating_duration_since(Instant::now()));
    }
}

/// Takes a line for each call of `write_all`, which is how `tracing-subscriber` hands them over.
impl Write for Outlet {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.queue.try_send(Parcel::Line(line.to_vec())).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            metrics::counter!("zaguan_log_lines_dropped_total").increment(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn carry(parcels: &Receiver<Parcel>, mut to: impl Write, dropped: &AtomicU64) {
    let mut told = 0;
    while let Ok(first) = parcels.recv() {
        for parcel in std::iter::once(first).chain(parcels.try_iter()) {
            match parcel {
                // Nobody can be told that the log cannot be written.
                Parcel::Line(line) => drop(to.write_all(&line)),
                Parcel::Mark(mark) => drop(mark.try_send(())),
            }
        }
        // All that waited is written: somebody reads again, and learns what is missing.
        let lines = dropped.load(Ordering::Relaxed);
        if lines > told {
            told = lines;
            tracing::warn!(lines, "log lines were dropped, because nobody read them");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    /// A reader who reads only when he is told to.
    struct Reluctant {
        may_read: Receiver<()>,
        read: Sender<Vec<u8>>,
    }

    impl Write for Reluctant {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            let _ = self.may_read.recv();
            let _ = self.read.send(line.to_vec());
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_logs_does_not_wait_for_a_reader_and_no_line_is_torn() {
        let (read_on, may_read) = channel();
        let (read, lines) = channel();
        let mut outlet = Outlet::open(Reluctant { may_read, read }).unwrap();
        let put = 2 * ROOM;
        for number in 0..put {
            outlet.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        let dropped = usize::try_from(outlet.dropped.load(Ordering::Relaxed)).unwrap();
        // One more than fits is in the writer's hands, if it came to its turn before all were put in.
        assert!((put - ROOM - 1..=put - ROOM).contains(&dropped), "{dropped}");
        drop(read_on);
        outlet.flush();
        let lines: Vec<_> = lines.try_iter().collect();
        assert_eq!(lines.len(), put - dropped);
        // The room that the one in the writer's hands left was for any that came then.
        let expected = |number: usize| format!("{number}\n").into_bytes();
        let oldest = lines.iter().take(ROOM).enumerate();
        assert!(oldest.into_iter().all(|(number, line)| *line == expected(number)), "the oldest, in order");
    }

    #[test]
    fn an_end_does_not_wait_for_a_reader_who_never_comes() {
        let (_read_on, may_read) = channel();
        let mut outlet = Outlet::open(Reluctant { may_read, read: channel().0 }).unwrap();
        outlet.write_all(b"one\n").unwrap();
        // Would hang if it waited.
        outlet.flush();
    }
}
