//! Each witness has a thread of its own: one that is slow or dead holds up nobody else.

use std::io;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::errand::Errand;
use super::{Asked, Trouble};
use crate::app::App;
use crate::outbound::Outbound;

/// How long a thread waits before it looks again whether something was published.
const PAUSE: Duration = Duration::from_secs(1);

/// Brings what is published to the witnesses, until it is dropped.
pub struct WitnessKeeper {
    rounds: Vec<(mpsc::Sender<()>, Arc<Lent>)>,
}

/// The program, for as long as the keeper is there. A thread holds it while it reads or writes, never while it waits for a
/// witness: so that the program's end waits for no witness either.
struct Lent(Mutex<Option<Arc<App>>>);

impl Lent {
    fn with<T>(&self, use_it: impl FnOnce(&App) -> Option<T>) -> Option<T> {
        let app = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        app.as_ref().and_then(|app| use_it(app))
    }
}

impl WitnessKeeper {
    /// Begins.
    ///
    /// # Errors
    /// When there are no threads to be had.
    pub fn start(app: &Arc<App>) -> io::Result<Self> {
        let start = |(number, witness): (usize, &Asked)| {
            let lent = Arc::new(Lent(Mutex::new(Some(Arc::clone(app)))));
            let (stop, stopped) = mpsc::channel();
            let (theirs, url, timeout) = (Arc::clone(&lent), witness.url.clone(), app.witnesses.timeout);
            let keep = move || {
                let outbound = Outbound::new(timeout);
                while stopped.recv_timeout(PAUSE) == Err(mpsc::RecvTimeoutError::Timeout) {
                    ask(&theirs, number, &url, &outbound);
                }
            };
            std::thread::Builder::new().name("zaguan-witness".to_owned()).spawn(keep)?;
            Ok((stop, lent))
        };
        Ok(Self { rounds: app.witnesses.asked.iter().enumerate().map(start).collect::<io::Result<_>>()? })
    }
}

impl Drop for WitnessKeeper {
    fn drop(&mut self) {
        for (stop, lent) in self.rounds.drain(..) {
            drop(stop);
            lent.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }
}

/// Asks one witness, if there is something to ask.
fn ask(lent: &Lent, number: usize, url: &str, outbound: &Outbound) {
    let mut next = lent.with(|app| {
        let witness = app.witnesses.asked.get(number)?;
        go_on(app, witness, app.errand_for(witness))
    });
    while let Some(errand) = next {
        let answer = outbound.post(url, &errand.request.encode());
        next = lent.with(|app| {
            let witness = app.witnesses.asked.get(number)?;
            let heard = app.hear(witness, &errand, answer);
            if matches!(heard, Ok(None)) {
                app.note_outcome(witness, Ok(()));
            }
            go_on(app, witness, heard)
        });
    }
}

fn go_on(app: &App, witness: &Asked, errand: Result<Option<Errand>, Trouble>) -> Option<Errand> {
    errand.unwrap_or_else(|trouble| {
        app.note_outcome(witness, Err(trouble));
        None
    })
}
