//! `audit.witnesses`: what is taken, and what is refused at the start.

use super::Given;

const W1: &str = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
const LOG: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

fn given(list: &str) -> Given {
    Given::file(&format!("[audit]\nwitnesses = '''{list}'''"))
}

#[test]
fn nobody_is_asked_unless_it_is_said() {
    assert!(Given::nothing().load().audit.witnesses.is_empty());
}

#[test]
fn keys_stand_with_their_addresses_or_alone() {
    for (url, taken) in [
        ("https://witness.example", "https://witness.example"),
        ("https://witness.example:8443/a/b/", "https://witness.example:8443/a/b"),
        ("http://127.0.0.1:2024", "http://127.0.0.1:2024"),
        ("http://127.3.2.1", "http://127.3.2.1"),
        ("http://localhost:1/x", "http://localhost:1/x"),
        ("http://[::1]:2024", "http://[::1]:2024"),
    ] {
        let audit = given(&format!("\n  {W1}\n  {url}\n")).load().audit;
        assert_eq!((audit.witnesses.len(), audit.witnesses[0].url.as_deref()), (1, Some(taken)), "{url}");
        assert_eq!(audit.witnesses[0].key.to_string(), W1);
    }
    assert_eq!(given(W1).load().audit.witnesses[0].url, None);
}

#[test]
fn keys_that_cannot_be_right_are_refused() {
    let expected = "expected keys of witnesses, `name+hex8+base64`, each with its address behind it, found";
    for (list, found) in [
        (LOG.to_owned(), format!("`{LOG}`: unknown signature type 1")),
        (
            W1.replace("da77", "da78"),
            format!("`{}`: the key id does not belong to this name and key", W1.replace("da77", "da78")),
        ),
        (
            "https://witness.example".to_owned(),
            "the address `https://witness.example` without a key before it".to_owned(),
        ),
        (
            format!("{W1} https://a.example https://b.example"),
            "the address `https://b.example` without a key before it".to_owned(),
        ),
        ("word".to_owned(), "`word`: not a verifier key".to_owned()),
    ] {
        assert_eq!(given(&list).error(), format!("zaguan.toml:2: `audit.witnesses`: {expected} {found}"), "{list}");
    }
    let twice = given(&format!("{W1} https://a.example {W1}")).error();
    assert_eq!(twice, "zaguan.toml:2: `audit.witnesses`: expected each witness once, found `remora.n621.de` twice");
    let number = Given::file("[audit]\nwitnesses = 3").error();
    assert!(number.ends_with("found `3`"), "{number}");
}

#[test]
fn addresses_that_others_could_listen_to_are_refused() {
    for url in [
        "http://witness.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://[2001:db8::1]",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "https://",
        "https:///path",
        "https://name:password@witness.example",
        "https://witness.example/?query",
        "https://witness.example/#part",
    ] {
        let error = given(&format!("{W1} {url}")).error();
        assert!(error.contains("`http://` for this machine itself only") && error.contains(url), "{url}: {error}");
    }
}
