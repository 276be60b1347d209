//! Just enough HTTP for a witness.

use std::io::{BufRead as _, BufReader, ErrorKind, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use ed25519_dalek::SigningKey;
use openssl::ssl::SslAcceptor;

use super::{Manner, State};

/// Serves each connection on a thread of its own, for as long as the process lives; over TLS where there is something to
/// accept it with.
pub fn serve(
    listener: &TcpListener,
    tls: Option<&SslAcceptor>,
    state: &Arc<Mutex<State>>,
    key: &SigningKey,
    name: &str,
) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        let (state, key, name) = (Arc::clone(state), key.clone(), name.to_owned());
        let tls = tls.cloned();
        std::thread::spawn(move || match tls {
            None => drop(converse(stream, &state, &key, &name)),
            Some(tls) => {
                if let Ok(mut stream) = tls.accept(stream) {
                    drop(converse(&mut stream, &state, &key, &name));
                    drop(stream.shutdown());
                }
            }
        });
    }
}

fn converse(mut stream: impl Read + Write, state: &Mutex<State>, key: &SigningKey, name: &str) -> std::io::Result<()> {
    let body = read(&mut stream)?;
    let (manner, (status, kind, said)) = {
        let mut state = state.lock().unwrap();
        (state.manner.clone(), state.answer(&body, key, name))
    };
    match manner {
        // Until whoever asked has gone.
        Manner::Silent => stream.read_to_end(&mut Vec::new()).map(drop),
        Manner::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 4096])?;
            }
        }
        Manner::Redirects(_) => {
            let to = String::from_utf8_lossy(&said).into_owned();
            write!(stream, "HTTP/1.1 307 See\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        _ => {
            let length = said.len();
            write!(stream, "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n")?;
            stream.write_all(b"Connection: close\r\n\r\n")?;
            stream.write_all(&said)
        }
    }
}

/// The body of a `POST /add-checkpoint`.
fn read(stream: &mut impl Read) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    // Whoever speaks TLS to it says no such thing.
    reader.read_line(&mut line)?;
    if line != "POST /add-checkpoint HTTP/1.1\r\n" {
        return Err(ErrorKind::InvalidData.into());
    }
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" || line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(String::from_utf8(body).unwrap())
}
