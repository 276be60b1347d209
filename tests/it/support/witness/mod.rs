//! A witness on a port of its own, written from the specifications and sharing no code with the program: it keeps its own
//! state and checks by itself whether a log continues. It can also misbehave in every way that tests ask for.

mod certificate;
mod consistency;
mod wire;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use openssl::ssl::SslAcceptor;
use sha2::{Digest as _, Sha256};

pub use certificate::Certificate;
use consistency::{Hash, is_consistent};
use wire::serve;

/// How it behaves.
#[derive(Debug, Clone, Default)]
pub enum Manner {
    /// As the specification demands.
    #[default]
    Honest,
    /// Takes the question and never answers.
    Silent,
    /// Signs with another key than it announced.
    WrongKey,
    /// Signs another root.
    OtherRoot,
    /// Signs another size.
    OtherSize,
    /// Says that it signed so many seconds later than it did.
    Ahead(u64),
    /// Says this, with this status and type.
    Says(u16, &'static str, Vec<u8>),
    /// Goes on for ever.
    Endless,
    /// Sends whoever asks elsewhere.
    Redirects(SocketAddr),
}

/// What it has cosigned of the one log that it knows, and what it was asked.
#[derive(Default)]
pub struct State {
    pub manner: Manner,
    pub size: u64,
    pub root: Hash,
    pub asked: Vec<String>,
    /// Seconds since the epoch.
    pub now: u64,
    log: Option<String>,
}

/// The witness. It goes when the test's process goes.
pub struct TestWitness {
    pub name: String,
    pub address: SocketAddr,
    pub state: Arc<Mutex<State>>,
    /// How the program is told to speak to it.
    pub scheme: &'static str,
    key: SigningKey,
}

/// What it answers with: status, type, body.
pub type Said = (u16, &'static str, Vec<u8>);

impl TestWitness {
    /// One that understands `http` alone.
    pub fn start(name: &str) -> Self {
        Self::listen(name, None)
    }

    /// One that understands `https` alone, and shows this certificate.
    pub fn start_with_tls(name: &str, certificate: &Certificate) -> Self {
        Self::listen(name, Some(certificate.acceptor.clone()))
    }

    fn listen(name: &str, tls: Option<SslAcceptor>) -> Self {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State { now: 1_930_392_000, ..State::default() }));
        let key = SigningKey::from_bytes(&Sha256::digest(name).into());
        let (served, theirs, named) = (Arc::clone(&state), key.clone(), name.to_owned());
        std::thread::spawn(move || serve(&listener, tls.as_ref(), &served, &theirs, &named));
        Self { name: name.to_owned(), address, state, scheme, key }
    }

    /// Its key and its address, as `audit.witnesses` takes them.
    pub fn setting(&self) -> String {
        format!("{} {}://{}", self.vkey(), self.scheme, self.address)
    }

    /// `name+hex8+base64(0x04 || key)`.
    pub fn vkey(&self) -> String {
        let public = self.key.verifying_key().to_bytes();
        let id = u32::from_be_bytes(key_id(&self.name, &public));
        format!("{}+{id:08x}+{}", self.name, STANDARD.encode([&[4], public.as_slice()].concat()))
    }

    /// From now on it knows the log with this verifier key.
    pub fn trust(&self, vkey: &str) {
        self.state.lock().unwrap().log = Some(vkey.to_owned());
    }

    pub fn behave(&self, manner: Manner) {
        self.state.lock().unwrap().manner = manner;
    }

    /// It loses what it knew, or comes to believe something.
    pub fn remember(&self, size: u64, root: Hash) {
        let mut state = self.state.lock().unwrap();
        (state.size, state.root) = (size, root);
    }

    pub fn size(&self) -> u64 {
        self.state.lock().unwrap().size
    }

    /// The bodies of the questions so far.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.clone()
    }
}

fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new().chain_update(name).chain_update(b"\n\x04").chain_update(public).finalize();
    digest[..4].try_into().unwrap()
}

fn cosign(key: &SigningKey, name: &str, text: &str, at: u64) -> Vec<u8> {
    let signature = key.sign(format!("cosignature/v1\ntime {at}\n{text}").as_bytes()).to_bytes();
    let id = key_id(name, &key.verifying_key().to_bytes());
    let blob = [id.as_slice(), &at.to_be_bytes(), &signature].concat();
    format!("— {name} {}\n", STANDARD.encode(blob)).into_bytes()
}

impl State {
    /// Answers one question.
    fn answer(&mut self, body: &str, key: &SigningKey, name: &str) -> Said {
        self.asked.push(body.to_owned());
        let now = self.now;
        let changed = |text: &str, line: usize, with: &str| {
            let lines = text.lines().enumerate().map(|(at, old)| if at == line { with } else { old });
            lines.chain([""]).collect::<Vec<_>>().join("\n")
        };
        let judged = self.judge(body);
        let text = match &judged {
            Ok(text) => text.clone(),
            Err(_) => String::new(),
        };
        let other = SigningKey::from_bytes(&[9; 32]);
        let line = match &self.manner {
            Manner::Says(status, kind, body) => return (*status, kind, body.clone()),
            Manner::Redirects(to) => return (307, "text/plain", format!("http://{to}/add-checkpoint").into_bytes()),
            // Under its own name and key id, so that only the signature tells.
            Manner::WrongKey => {
                let forged = String::from_utf8(cosign(&other, name, &text, now)).unwrap();
                let blob = STANDARD.decode(forged.trim_end().rsplit(' ').next().unwrap()).unwrap();
                let id = key_id(name, &key.verifying_key().to_bytes());
                format!("— {name} {}\n", STANDARD.encode([id.as_slice(), &blob[4..]].concat())).into_bytes()
            }
            Manner::OtherRoot => cosign(key, name, &changed(&text, 2, &STANDARD.encode([7; 32])), now),
            Manner::OtherSize => cosign(key, name, &changed(&text, 1, "1"), now),
            Manner::Ahead(seconds) => cosign(key, name, &text, now + seconds),
            Manner::Honest | Manner::Silent | Manner::Endless => cosign(key, name, &text, now),
        };
        match judged {
            Ok(_) => (200, "text/plain", line),
            Err(said) => said,
        }
    }

    /// The text of the checkpoint, if it may be cosigned; that it was is remembered.
    fn judge(&mut self, body: &str) -> Result<String, Said> {
        let no = |status: u16| (status, "text/plain", b"no\n".to_vec());
        let (head, note) = body.split_once("\n\n").ok_or(no(400))?;
        let vkey = self.log.as_ref().ok_or(no(404))?;
        let opened = signed_note::Note::from_bytes(note.as_bytes()).map_err(|_| no(400))?;
        let verifier = signed_note::StandardVerifier::new(vkey).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        if !opened.verify(&known).is_ok_and(|(verified, _)| !verified.is_empty()) {
            return Err(no(403));
        }
        let text = String::from_utf8(opened.text().to_vec()).map_err(|_| no(400))?;
        let lines: Vec<&str> = text.lines().collect();
        let size: u64 = lines[1].parse().map_err(|_| no(400))?;
        let hash = |line: &str| STANDARD.decode(line).ok().and_then(|hash| Hash::try_from(hash).ok()).ok_or(no(400));
        let root = hash(lines[2])?;
        let mut lines = head.lines();
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(|old| old.parse::<u64>().ok());
        let old = old.filter(|old| *old <= size).ok_or(no(400))?;
        if old != self.size {
            return Err((409, "text/x.tlog.size", format!("{}\n", self.size).into_bytes()));
        }
        let proof = lines.map(hash).collect::<Result<Vec<Hash>, _>>()?;
        let continues = if old == 0 { proof.is_empty() } else { is_consistent(old, size, &proof, &self.root, &root) };
        if proof.len() > 63 || !continues {
            return Err(no(422));
        }
        (self.size, self.root) = (size, root);
        Ok(text)
    }
}
