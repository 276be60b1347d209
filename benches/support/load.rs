//! A load generator: keeps a number of HTTP connections busy with the same request, and measures what comes back.
//!
//! One thread, so that on a small machine it takes as little as possible from what it measures.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What was measured.
pub struct Measured {
    /// Answers a second.
    pub per_second: f64,
    latencies: Latencies,
}

impl Measured {
    /// The latency that this share of answers did not exceed, to within two hundredths.
    pub fn quantile(&self, share: f64) -> Duration {
        self.latencies.quantile(share)
    }
}

/// Latencies, counted in cells that grow with what they hold: as much memory for an hour as for a second.
struct Latencies {
    cells: Vec<u64>,
    count: u64,
}

/// Each doubling of a latency is cut into so many cells.
const CELLS: f64 = 48.0;

impl Latencies {
    fn new() -> Self {
        Self { cells: vec![0; 48 * 36], count: 0 }
    }

    fn add(&mut self, latency: Duration) {
        let nanos = latency.as_nanos().max(1) as f64;
        let cell = ((nanos.log2() * CELLS) as usize).min(self.cells.len() - 1);
        self.cells[cell] += 1;
        self.count += 1;
    }

    fn absorb(&mut self, others: &Self) {
        self.cells.iter_mut().zip(&others.cells).for_each(|(own, other)| *own += other);
        self.count += others.count;
    }

    fn quantile(&self, share: f64) -> Duration {
        let wanted = (self.count as f64 * share) as u64;
        let mut sum = 0;
        let reaches = |count: &u64| {
            sum += count;
            sum > wanted
        };
        let cell = self.cells.iter().position(reaches).unwrap_or_default();
        Duration::from_nanos(((cell as f64 + 0.5) / CELLS).exp2() as u64)
    }
}

/// Sends `request` over `connections` connections for `length`, after a quarter of that to warm up.
pub fn load(address: SocketAddr, request: Vec<u8>, connections: usize, length: Duration) -> Measured {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let begin = Instant::now() + length / 4;
        let end = begin + length;
        let tasks: Vec<_> =
            (0..connections).map(|_| tokio::spawn(keep_busy(address, request.clone(), begin, end))).collect();
        let mut latencies = Latencies::new();
        for task in tasks {
            latencies.absorb(&task.await.unwrap().unwrap());
        }
        Measured { per_second: latencies.count as f64 / length.as_secs_f64(), latencies }
    })
}

async fn keep_busy(address: SocketAddr, request: Vec<u8>, begin: Instant, end: Instant) -> io::Result<Latencies> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut latencies = Latencies::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let sent = Instant::now();
        if sent >= end {
            return Ok(latencies);
        }
        stream.write_all(&request).await?;
        read_answer(&mut stream, &mut buffer).await?;
        if sent >= begin {
            latencies.add(sent.elapsed());
        }
    }
}

/// Reads one answer of status 200 with a content length, which is all that is sent here.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<()> {
    let mut read = 0;
    loop {
        let count = stream.read(&mut buffer[read..]).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        read += count;
        let Some(head) = buffer[..read].windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head]).map_err(io::Error::other)?;
        if !text.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(String::from_utf8_lossy(&buffer[..read]).into_owned()));
        }
        let length = text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.parse::<usize>().ok())
            .ok_or_else(|| io::Error::other("no content length"))?;
        if read == head + 4 + length {
            return Ok(());
        }
    }
}
