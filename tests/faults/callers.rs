//! Callers who are too many, too slow or half gone.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;

use crate::city::{City, Recovery};
use crate::load::Load;
use crate::service::{Service, agent};
use crate::support::app::ask;
use crate::support::{TestDatabase, on_every_database};

#[test]
fn a_full_queue_turns_callers_away_with_a_time_to_come_back_and_loses_nothing() {
    let city = City::found(TestDatabase::sqlite());
    // So short that no part of it is kept for other clients: what this one meets is a full queue.
    let service = Service::start(&city, &[("ZAGUAN__AUDIT__QUEUE_CAPACITY", "3"), ("ZAGUAN__AUDIT__MAX_BATCH", "2")]);
    let token = service.token(&city);
    let load = Load::start(&service, &city, 24);
    load.until_answered(50);
    // Somebody else holds the lock: the queue cannot but fill.
    let mut other = city.database.connect();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    load.until_refused(30);
    let mut reply = agent(Duration::from_secs(20))
        .post(format!("http://{}/api/v1/decisions", service.address))
        .header("Authorization", format!("Bearer {token}"))
        .header("Content-Type", "application/json")
        .send(ask().to_string())
        .unwrap();
    assert_eq!(reply.status(), 503, "{:?}", reply.body_mut().read_to_string());
    assert!(reply.headers().contains_key("retry-after"));
    other.batch_execute("ROLLBACK").unwrap();
    load.until_answered(50);
    service.wait_until_ready(true);
    city.account("queue full", &load.stop(), Recovery::ByItself);
}

#[test]
fn callers_who_send_half_a_request_or_never_read_stop_nobody() {
    on_every_database(|database| {
        let city = City::found(TestDatabase::like(database));
        let service = Service::start(&city, &[("ZAGUAN__SERVER__BODY_TIMEOUT_S", "5")]);
        let head = format!(
            "POST /api/v1/decisions HTTP/1.1\r\nHost: city\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            service.token(&city),
            ask().to_string().len()
        );
        let whole = format!("{head}{}", ask());
        let send = |text: &str| {
            let mut stream = TcpStream::connect(service.address).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            stream
        };
        let half_heads: Vec<TcpStream> = (0..60).map(|_| send(head.get(..40).unwrap())).collect();
        let half_bodies: Vec<TcpStream> = (0..60).map(|_| send(whole.get(..head.len() + 9).unwrap())).collect();
        let deaf: Vec<TcpStream> = (0..20).map(|_| send(&whole.repeat(50))).collect();
        let load = Load::start(&service, &city, 6);
        load.until_answered(200);
        let seen = load.stop();
        assert_eq!((seen.refused, seen.unheard), (0, 0), "others were troubled");
        assert!(service.is_ready());
        // A head that never ends is given up.
        let mut rest = Vec::new();
        let mut first = half_heads.into_iter().next().unwrap();
        first.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        first.read_to_end(&mut rest).unwrap();
        // So is a body.
        for mut half in half_bodies {
            half.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            rest.clear();
            half.read_to_end(&mut rest).expect("the connection is closed");
            assert!(rest.starts_with(b"HTTP/1.1 408 "), "{}", String::from_utf8_lossy(&rest));
        }
        drop(deaf);
        city.account("140 callers who send half or never read", &seen, Recovery::NotNeeded);
    });
}
