//! A log that nobody reads: the pipe it is written to is full.

use std::io::{BufRead as _, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use crate::city::{City, Recovery};
use crate::load::Load;
use crate::service::{LONG, Service, agent};
use crate::support::wait::within;
use crate::support::{TestDatabase, on_every_database};

/// More refusals, a line each, than the pipe and the queue in the program hold.
const REFUSALS: usize = 12_000;

#[test]
fn a_log_that_nobody_reads_holds_up_neither_decisions_nor_the_end() {
    on_every_database(|database| {
        let city = City::found(TestDatabase::like(database));
        let (service, mut log) = Service::start_unread(&city);
        let load = Load::start(&service, &city, 4);
        load.until_answered(20);
        refuse(service.address);
        within(LONG, "lines are dropped", || dropped(service.address) > 0);
        load.until_answered(50);
        assert!(service.is_ready());

        // Read again, it tells what is missing.
        let mut line = String::new();
        while !line.contains("log lines were dropped") {
            line.clear();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "it says nothing of what it dropped");
        }
        let before = dropped(service.address);
        refuse(service.address);
        within(LONG, "lines are dropped again", || dropped(service.address) > before);
        let seen = load.stop();
        assert_eq!(service.terminate(), Some(0));
        city.account("its log is a full pipe that nobody reads", &seen, Recovery::NotNeeded);
    });
}

/// Asks for what there is not, many times on one connection.
fn refuse(address: SocketAddr) {
    let ask = "GET /api/v1/nowhere HTTP/1.1\r\nHost: city\r\n";
    let questions = format!("{}{ask}Connection: close\r\n\r\n", format!("{ask}\r\n").repeat(REFUSALS - 1));
    let mut stream = TcpStream::connect(address).unwrap();
    let mut out = stream.try_clone().unwrap();
    let asking = std::thread::spawn(move || out.write_all(questions.as_bytes()));
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    asking.join().unwrap().unwrap();
    assert_eq!(answers.matches("HTTP/1.1 404 ").count(), REFUSALS);
}

/// How many lines the service says it has dropped.
fn dropped(address: SocketAddr) -> u64 {
    let mut reply = agent(LONG).get(format!("http://{address}/metrics")).call().unwrap();
    let figures = reply.body_mut().read_to_string().unwrap();
    let line = figures.lines().find_map(|line| line.strip_prefix("zaguan_log_lines_dropped_total "));
    line.map_or(0, |figure| figure.parse().unwrap())
}
