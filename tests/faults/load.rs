//! Callers who ask without a pause, and what they were told.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::city::City;
use crate::service::{LONG, Service, agent};
use crate::support::app::ask;
use crate::support::wait::within;

/// What callers were told.
#[derive(Default)]
pub struct Seen {
    /// Id and outcome of each decision that was answered.
    pub answered: Vec<(String, String)>,
    /// 503 with a reason.
    pub refused: usize,
    /// No answer at all: the process or the connection had ended.
    pub unheard: usize,
    /// Anything else, which there must not be.
    pub odd: Vec<String>,
    /// The longest that anybody waited for an answer or a refusal.
    pub longest: Duration,
}

impl Seen {
    pub fn and(mut self, other: Self) -> Self {
        self.answered.extend(other.answered);
        self.odd.extend(other.odd);
        self.refused += other.refused;
        self.unheard += other.unheard;
        self.longest = self.longest.max(other.longest);
        self
    }

    fn note(&mut self, status: u16, body: &str, took: Duration) {
        self.longest = self.longest.max(took);
        let said: Value = serde_json::from_str(body).unwrap_or_default();
        let has_reason = ["type", "title", "detail"].iter().all(|member| said[member].is_string());
        match (status, said["id"].as_str(), said["outcome"].as_str()) {
            (200, Some(id), Some(outcome)) => self.answered.push((id.to_owned(), outcome.to_owned())),
            (503, ..) if has_reason => self.refused += 1,
            _ => self.odd.push(format!("{status} {body}")),
        }
    }
}

/// Callers at work, each on a connection of its own.
pub struct Load {
    seen: Arc<Mutex<Seen>>,
    is_over: Arc<AtomicBool>,
    callers: Vec<JoinHandle<()>>,
}

impl Load {
    pub fn start(service: &Service, city: &City, callers: usize) -> Self {
        Self::at(service.address, &service.token(city), callers)
    }

    pub fn at(address: SocketAddr, token: &str, callers: usize) -> Self {
        let (seen, is_over) = (Arc::default(), Arc::new(AtomicBool::new(false)));
        let caller = |_| {
            let (seen, is_over, token) = (Arc::clone(&seen), Arc::clone(&is_over), format!("Bearer {token}"));
            std::thread::spawn(move || {
                let (agent, body) = (agent(LONG), ask().to_string());
                while !is_over.load(Ordering::SeqCst) {
                    let request = agent.post(format!("http://{address}/api/v1/decisions"));
                    let request = request.header("Authorization", &token).header("Content-Type", "application/json");
                    let begun = Instant::now();
                    let told = request
                        .send(&body)
                        .and_then(|mut reply| Ok((reply.status().as_u16(), reply.body_mut().read_to_string()?)));
                    let seen = |note: &dyn Fn(&mut Seen)| note(&mut Mutex::lock(&seen).unwrap());
                    if let Ok((status, body)) = told {
                        seen(&|seen| seen.note(status, &body, begun.elapsed()));
                    } else {
                        seen(&|seen| seen.unheard += 1);
                        std::thread::park_timeout(Duration::from_millis(20));
                    }
                }
            })
        };
        let callers = (0..callers).map(caller).collect();
        Self { seen, is_over, callers }
    }

    /// Waits until so many more decisions are answered.
    pub fn until_answered(&self, more: usize) {
        self.until("decisions are answered", more, |seen| seen.answered.len());
    }

    /// Waits until so many more requests are refused.
    pub fn until_refused(&self, more: usize) {
        self.until("requests are refused", more, |seen| seen.refused);
    }

    fn until(&self, what: &str, more: usize, count: impl Fn(&Seen) -> usize) {
        let begun = self.look(&count);
        within(LONG, what, || self.look(&count) >= begun + more);
    }

    /// Looks at what was seen so far.
    pub fn look<T>(&self, of: impl FnOnce(&Seen) -> T) -> T {
        of(&self.seen.lock().unwrap())
    }

    /// Sends the callers home.
    pub fn stop(self) -> Seen {
        self.is_over.store(true, Ordering::SeqCst);
        for caller in self.callers {
            caller.join().unwrap();
        }
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}
