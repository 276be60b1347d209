//! A wire between the program and PostgreSQL that can be cut in the middle of a COMMIT.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

/// When the wire is cut.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Cut {
    Never,
    /// The server never hears of the COMMIT.
    Before,
    /// The server has committed; its answer is lost.
    After,
}

/// Forwards bytes both ways until it is told to cut.
pub struct Proxy {
    pub port: u16,
    cut: Arc<AtomicU8>,
}

impl Proxy {
    pub fn before(server: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let cut = Arc::new(AtomicU8::new(Cut::Never as u8));
        let armed = Arc::clone(&cut);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, armed) = (TcpStream::connect(server).unwrap(), Arc::clone(&armed));
                thread::spawn(move || forward(client, server, &armed));
            }
        });
        Self { port, cut }
    }

    /// Cuts the connection of the next COMMIT.
    pub fn arm(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    pub fn has_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst) == Cut::Never as u8
    }
}

/// Both ways of one connection.
fn forward(mut client: TcpStream, mut server: TcpStream, armed: &AtomicU8) {
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (mut back_from, mut back_to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let is_deaf = Arc::new(AtomicU8::new(0));
    let deafened = Arc::clone(&is_deaf);
    let (heard, hears) = mpsc::channel();
    let back = thread::spawn(move || {
        let mut buffer = [0; 1 << 14];
        while let Ok(length @ 1..) = back_from.read(&mut buffer) {
            if deafened.load(Ordering::SeqCst) == 1 {
                let _ = heard.send(());
            } else if back_to.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = back_to.shutdown(Shutdown::Both);
    });
    let mut buffer = [0; 1 << 14];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let is_commit = buffer[..length].windows(7).any(|word| word == b"COMMIT\0");
        let cut = if is_commit { armed.swap(Cut::Never as u8, Ordering::SeqCst) } else { Cut::Never as u8 };
        if cut == Cut::Before as u8 {
            break;
        }
        is_deaf.store(u8::from(cut == Cut::After as u8), Ordering::SeqCst);
        if server.write_all(&buffer[..length]).is_err() {
            break;
        }
        if cut == Cut::After as u8 {
            let _ = hears.recv();
            break;
        }
    }
    let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
    let _ = back.join();
}
