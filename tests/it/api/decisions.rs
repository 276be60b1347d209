//! `POST /api/v1/decisions`: what is released, what is withheld, and how the answer looks.

use serde_json::{Value, json};
use uuid::Uuid;
use zaguan::app::authority::Authority;

use super::bases::{self, RESIDENT};
use super::{count, entries, last_record};
use crate::support::app::ask;
use crate::support::{TestApp, TestDatabase, on_every_database};

fn decide(app: &TestApp, ask: &Value) -> Value {
    let reply = app.decide(ask);
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// `field → reason` in the order of the answer.
fn reasons(decision: &Value) -> Vec<(String, String)> {
    let fields = decision["fields"].as_array().unwrap().iter();
    let text = |field: &Value, member: &str| field[member].as_str().unwrap().to_owned();
    fields.map(|field| (text(field, "field"), text(field, "reason"))).collect()
}

fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut ask = ask();
    for (pointer, value) in changes {
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        ask.pointer_mut(parent).unwrap()[member] = value.clone();
    }
    ask
}

#[test]
fn the_example_of_the_contract_is_answered_as_the_contract_says() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let before = entries(&app).len();
        let basis = bases::record(&app, bases::warrant(&app, 0x0197));
        let ask = json!({
            "store": "utility-billing", "resident": RESIDENT,
            "fields": ["account_no", "service_address", "employer_name"],
            "requester": {
                "kind": "federal_immigration", "agency": "ICE ERO El Paso", "name": "A. Agent", "reference": "EP-17",
            },
            "purpose": "immigration_enforcement", "legal_bases": [basis], "justification": "Case EP-17.",
        });
        let reply = app.decide(&ask);
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!(reply.header("content-type"), Some("application/json"));
        let decision = reply.json();
        let expected = ["decided_at", "entry", "fields", "id", "obligations", "outcome", "policy", "purpose"];
        assert_eq!(members(&decision), expected);
        let id: Uuid = decision["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(decision["decided_at"], "2031-03-04T12:00:00.000000Z");
        assert_eq!(decision["outcome"], "partial");
        assert_eq!(decision["purpose"], "immigration_enforcement");
        assert_eq!(decision["obligations"], json!([]));
        assert_eq!(decision["policy"]["id"], "las-cruces-26-049");
        let sha256 = decision["policy"]["sha256"].as_str().unwrap();
        assert!(sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(sha256, app.app.policy().sha256.as_ref());
        assert_eq!(decision["entry"], json!({ "index": before }));
        let field = |name, class, effect, reason, basis: Value| (name, class, effect, reason, basis);
        let fields = [
            field("account_no", "unprotected", "permit", "not_protected", Value::Null),
            field("service_address", "home_address", "permit", "legal_basis", json!(basis)),
            field("employer_name", "employment", "deny", "basis_class_not_in_scope", Value::Null),
        ];
        for (found, (name, class, effect, reason, basis)) in decision["fields"].as_array().unwrap().iter().zip(fields) {
            let expected = ["class", "effect", "field", "legal_basis", "message", "message_es", "reason"];
            assert_eq!(members(found), expected);
            assert_eq!((&found["field"], &found["class"]), (&json!(name), &json!(class)));
            assert_eq!((&found["effect"], &found["reason"]), (&json!(effect), &json!(reason)));
            assert_eq!(found["legal_basis"], basis, "null, not left out, when there is none");
            let (english, spanish) = (found["message"].as_str().unwrap(), found["message_es"].as_str().unwrap());
            assert!(english.contains("information") && spanish.contains("información"), "{found}");
        }
        assert_eq!(entries(&app).len(), before + 1);
    });
}

#[test]
fn the_entry_says_what_the_answer_said_and_nothing_of_the_person() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide(&app, &with(&[("/justification", json!("Because of Ms. Marker."))]));
        let record = last_record(&app);
        assert_eq!(record["kind"], "decision");
        for member in ["id", "outcome", "obligations", "policy", "purpose"] {
            assert_eq!(record[member], decision[member], "{member}");
        }
        assert_eq!(record["at"], decision["decided_at"]);
        assert_eq!(record["client"], "billing");
        assert_eq!(record["store"], "utility-billing");
        assert_eq!(record["agency"], "ICE ERO El Paso");
        assert_eq!(record["cited"], json!([]));
        assert_eq!(record["fields"].as_array().unwrap().len(), 3);
        assert_eq!(record["resident"].as_str().unwrap().len(), 64);
        assert_eq!(record["details"].as_str().unwrap().len(), 64);
        assert!(!record.to_string().contains(RESIDENT) && !record.to_string().contains("Marker"));
    });
}

#[test]
fn protected_fields_stay_unprotected_ones_go_and_unclassified_ones_stay() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide(&app, &with(&[("/fields", json!(["service_address", "employer_name", "itin"]))]));
        assert_eq!(decision["outcome"], "denied");
        assert!(reasons(&decision).iter().all(|(_, reason)| reason == "no_legal_basis"), "{decision}");
        let decision = decide(&app, &with(&[("/fields", json!(["account_no", "tax_id", "email"]))]));
        assert_eq!(decision["outcome"], "released");
        assert!(reasons(&decision).iter().all(|(_, reason)| reason == "not_protected"), "{decision}");
        let decision = decide(&app, &with(&[("/fields", json!(["notes", "no_such_field", "service_addres"]))]));
        assert_eq!(decision["outcome"], "denied");
        assert!(reasons(&decision).iter().all(|(_, reason)| reason == "unclassified_field"), "{decision}");
        let decision = decide(&app, &with(&[("/fields", json!(["account_no", "no_such_field"]))]));
        assert_eq!(decision["outcome"], "partial");
    });
}

#[test]
fn a_purpose_that_nobody_knows_counts_as_none_which_is_the_strictest() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let inside = |purpose: Option<Value>| {
        let mut ask =
            with(&[("/requester", json!({ "kind": "city_department" })), ("/fields", json!(["service_address"]))]);
        match purpose {
            Some(purpose) => ask["purpose"] = purpose,
            None => drop(ask.as_object_mut().unwrap().remove("purpose")),
        }
        let decision = decide(&app, &ask);
        (decision["purpose"].as_str().unwrap().to_owned(), reasons(&decision)[0].1.clone())
    };
    let pair = |purpose: &str, reason: &str| (purpose.to_owned(), reason.to_owned());
    assert_eq!(inside(Some(json!("service_delivery"))), pair("service_delivery", "not_outbound"));
    assert_eq!(inside(Some(json!("other"))), pair("other", "not_outbound"));
    assert_eq!(inside(None), pair("not_stated", "no_legal_basis"));
    for unknown in ["", "Service_Delivery", "service_delivery ", "sérvice", "not_stated"] {
        assert_eq!(inside(Some(json!(unknown))), pair("not_stated", "no_legal_basis"), "{unknown:?}");
    }
    assert_eq!(inside(Some(json!("immigration_enforcement"))), pair("immigration_enforcement", "no_legal_basis"));
}

#[test]
fn what_goes_to_the_resident_or_stays_in_the_city_goes_unless_for_immigration() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    for (kind, reason) in [
        ("resident_self", "not_outbound"),
        ("city_department", "not_outbound"),
        ("court", "no_legal_basis"),
        ("public_records", "no_legal_basis"),
        ("other_government", "no_legal_basis"),
        ("federal_other", "no_legal_basis"),
        ("state_or_local_law_enforcement", "no_legal_basis"),
    ] {
        let ask = with(&[
            ("/requester", json!({ "kind": kind })),
            ("/purpose", json!("service_delivery")),
            ("/fields", json!(["service_address"])),
        ]);
        assert_eq!(reasons(&decide(&app, &ask))[0].1, reason, "{kind}");
    }
}

#[test]
fn under_the_narrow_policy_other_purposes_are_outside_the_scope() {
    let database = TestDatabase::sqlite();
    let narrow =
        include_str!("../../../config/policy.toml").replace("\"all_external\"", "\"solely_federal_immigration\"");
    let file = database.dir.path().join("policy.toml");
    std::fs::write(&file, narrow).unwrap();
    let setting = [("ZAGUAN__POLICY__FILE", file.to_str().unwrap())];
    let app = TestApp::start_with(&database, &setting, std::sync::Arc::new(zaguan::ledger::NoProbe));
    let reason = |purpose: &str| {
        let ask = with(&[("/purpose", json!(purpose)), ("/fields", json!(["service_address"]))]);
        reasons(&decide(&app, &ask))[0].1.clone()
    };
    assert_eq!(reason("criminal_investigation"), "outside_scope");
    assert_eq!(reason("immigration_enforcement"), "no_legal_basis");
    assert_eq!(reason("no-such-purpose"), "no_legal_basis");
}

#[test]
fn a_confidential_address_yields_to_a_judge_only() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let store: zaguan::domain::StoreId = "utility-billing".parse().unwrap();
        let emergency = bases::record(&app, bases::emergency(&app, 1));
        let mandate = bases::record(&app, bases::standing_mandate(&app, 2));
        assert_eq!(bases::reason_of(&app, &bases::ask_citing(std::slice::from_ref(&mandate))), "legal_basis");
        assert!(app.app.mark_confidential(&Authority::operator(), store.clone(), &bases::resident(RESIDENT)).unwrap());
        let withheld = "confidential_address";
        assert_eq!(bases::reason_of(&app, &bases::ask_citing(&[])), withheld);
        assert_eq!(bases::reason_of(&app, &bases::ask_citing(&[emergency.clone(), mandate.clone()])), withheld);
        // Not even to the resident, nor inside the city; nor phone and e-mail, which the policy does not protect.
        let own = with(&[("/requester", json!({ "kind": "resident_self" })), ("/purpose", json!("resident_request"))]);
        let mut own = own;
        own["fields"] = json!(["service_address", "email", "phones.number", "account_no", "employer_name"]);
        let found: Vec<String> = reasons(&decide(&app, &own)).into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(found, [withheld, withheld, withheld, "not_protected", "not_outbound"]);
        // A warrant opens, and whoever receives the address may not pass it on.
        let warrant = bases::record(&app, bases::warrant(&app, 3));
        let decision = decide(&app, &bases::ask_citing(&[emergency, mandate, warrant.clone()]));
        assert_eq!(decision["fields"][0]["legal_basis"], json!(warrant));
        assert_eq!(decision["obligations"], json!(["redisclosure_prohibited"]));
        // Somebody else with the same fields is not concerned; the same person flagged twice is one flag.
        let other = with(&[("/resident", json!("ACCT-1")), ("/fields", json!(["email"]))]);
        assert_eq!(reasons(&decide(&app, &other))[0].1, "not_protected");
        assert!(!app.app.mark_confidential(&Authority::operator(), store, &bases::resident(RESIDENT)).unwrap());
        assert_eq!(count(&app, "resident_flagged"), 1);
    });
}

#[test]
fn obligations_follow_from_the_answer() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let obligations = |ask: &Value| decide(&app, ask)["obligations"].clone();
    // Nothing without a cause.
    assert_eq!(obligations(&with(&[("/fields", json!(["account_no"]))])), json!([]));
    assert_eq!(obligations(&with(&[("/fields", json!(["service_address"]))])), json!([]));
    // 8 U.S.C. 1373: only immigration status, only federal immigration agencies.
    let status = with(&[("/fields", json!(["itin", "id_document.country"]))]);
    assert_eq!(obligations(&status), json!(["counsel_review_1373"]));
    let mut police = status.clone();
    police["requester"] = json!({ "kind": "state_or_local_law_enforcement" });
    assert_eq!(obligations(&police), json!([]));
    // IPRA: what is denied goes to the clerk; what is released does not.
    let records = [("/requester", json!({ "kind": "public_records" })), ("/purpose", json!("public_records_request"))];
    assert_eq!(obligations(&with(&records)), json!(["refer_to_clerk"]));
    let mut released = with(&records);
    released["fields"] = json!(["account_no"]);
    assert_eq!(obligations(&released), json!([]));
    // A release in an emergency is reviewed; a single-use warrant goes back to the court.
    let emergency = bases::record(&app, bases::emergency(&app, 1));
    let danger = bases::ask_citing(&[emergency]);
    assert_eq!(obligations(&danger), json!([]), "an emergency is never for immigration enforcement");
    assert_eq!(obligations(&bases::in_an_emergency(danger)), json!(["review_after_release"]));
    let mut single = bases::warrant(&app, 2);
    single.basis.max_uses = Some(1);
    let single = bases::record(&app, single);
    assert_eq!(obligations(&bases::ask_citing(std::slice::from_ref(&single))), json!(["return_to_court"]));
    assert_eq!(obligations(&bases::ask_citing(&[single])), json!([]), "used up: nothing was released");
    // Several at once, sorted, each once.
    let mut both = with(&records);
    both["requester"]["kind"] = json!("federal_immigration");
    both["fields"] = json!(["itin", "id_document.kind", "service_address"]);
    assert_eq!(obligations(&both), json!(["counsel_review_1373", "refer_to_clerk"]));
}

#[test]
fn a_star_and_a_container_are_expanded_and_each_field_is_judged() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let decision = decide(&app, &with(&[("/fields", json!(["premise"]))]));
        let pair = |field: &str, reason: &str| (field.to_owned(), reason.to_owned());
        let premise = [
            pair("premise.unit_no", "no_legal_basis"),
            pair("premise.latitude", "no_legal_basis"),
            pair("premise.longitude", "no_legal_basis"),
            pair("premise.building_address", "not_protected"),
            pair("premise.meter_serial", "not_protected"),
        ];
        assert_eq!(reasons(&decision), premise);
        assert_eq!(decision["outcome"], "partial");
        assert_eq!(reasons(&decide(&app, &with(&[("/fields", json!(["premise.*"]))]))), premise);
        assert_eq!(reasons(&decide(&app, &with(&[("/fields", json!(["PREMISE"]))]))), premise);
        // `*` is every catalogued field of the store, never a single permit.
        let all = decide(&app, &with(&[("/fields", json!(["*"]))]));
        let all = reasons(&all);
        assert!(all.len() > 30, "{all:?}");
        assert!(
            all.contains(&pair("service_address", "no_legal_basis"))
                && all.contains(&pair("account_no", "not_protected"))
        );
        assert!(all.iter().all(|(field, _)| !field.contains('*')), "{all:?}");
        // Beneath a container of a class, everything has the class; beneath nothing, nothing is known.
        let inner =
            decide(&app, &with(&[("/fields", json!(["mailing_address.zip", "mailing_address.state", "nowhere.*"]))]));
        let inner: Vec<String> = reasons(&inner).into_iter().map(|(_, reason)| reason).collect();
        assert_eq!(inner, ["no_legal_basis", "not_protected", "unclassified_field"]);
    });
}

#[test]
fn what_several_expansions_name_is_answered_once() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let all = reasons(&decide(&app, &with(&[("/fields", json!(["*"]))])));
    let often = reasons(&decide(&app, &with(&[("/fields", json!(vec!["*"; 200]))])));
    assert_eq!(often, all);
    let overlapping =
        reasons(&decide(&app, &with(&[("/fields", json!(["premise", "PREMISE.*", "nowhere.*", "nowhere.*"]))])));
    assert_eq!(overlapping.len(), 6, "{overlapping:?}");
    // What was asked for by its own name is always answered.
    let named = reasons(&decide(&app, &with(&[("/fields", json!(["account_no", "*", "account_no"]))])));
    assert_eq!(named.len(), all.len() + 2);
}

#[test]
fn a_flood_of_new_names_is_answered_and_only_so_many_are_kept() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let names = |item: usize| -> Value { (0..200).map(|number| json!(format!("new_{item}_{number}"))).collect() };
        let asks: Vec<Value> = (0..100).map(|item| with(&[("/fields", names(item))])).collect();
        let reply = app.post("/api/v1/decisions/batch", &json!({ "decisions": asks }));
        assert_eq!(reply.json()["decisions"].as_array().unwrap().len(), 100);
        assert_eq!(app.app.list_unknown_fields().unwrap().len(), 1000);
    });
}

#[test]
fn a_field_is_the_same_in_any_spelling() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let spellings = [
            "SERVICE_ADDRESS",
            "Service_Address",
            "ｓｅｒｖｉｃｅ_address",
            "dirección_servicio",
            "DIRECCIÓN_SERVICIO",
            "direccio\u{301}n_servicio",
            "serv_addr_1",
            "phones[0].number",
            "phones.3.number",
            "PHONES[1].KIND",
        ];
        let decision = decide(&app, &with(&[("/fields", json!(spellings))]));
        let classes: Vec<&str> =
            decision["fields"].as_array().unwrap().iter().map(|field| field["class"].as_str().unwrap()).collect();
        let expected: Vec<&str> = (0..7).map(|_| "home_address").chain(["contact", "contact", "unprotected"]).collect();
        assert_eq!(classes, expected);
        // The answer repeats each field as it was asked, so that a caller can match them up.
        let asked: Vec<String> = reasons(&decision).into_iter().map(|(field, _)| field).collect();
        assert_eq!(asked, spellings);
        // A look-alike is another field, and nobody has classified it.
        let decision = decide(&app, &with(&[("/fields", json!(["ассount_no", "accоunt_no"]))]));
        assert!(reasons(&decision).iter().all(|(_, reason)| reason == "unclassified_field"));
    });
}

#[test]
fn unknown_fields_are_listed_for_the_steward_with_how_often_they_were_asked_for() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        decide(&app, &with(&[("/fields", json!(["shoe_size", "SHOE_SIZE", "account_no", "hat_size"]))]));
        app.clock.advance(chrono::TimeDelta::seconds(5));
        decide(&app, &with(&[("/fields", json!(["shoe_size", "notes"]))]));
        let found = app.app.list_unknown_fields().unwrap();
        let found: Vec<(&str, &str, i64, i64)> = found
            .iter()
            .map(|row| (row.store.as_str(), row.field.as_str(), row.asked, row.last_at - row.first_at))
            .collect();
        assert_eq!(
            found,
            [
                ("utility-billing", "shoe_size", 3, 5_000_000),
                ("utility-billing", "hat_size", 1, 0),
                ("utility-billing", "notes", 1, 0),
            ]
        );
    });
}

#[test]
fn the_same_field_twice_is_answered_twice() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let decision = decide(&app, &with(&[("/fields", json!(["account_no", "account_no"]))]));
    assert_eq!(decision["fields"].as_array().unwrap().len(), 2);
}

#[test]
fn as_many_fields_as_allowed_are_answered_in_order() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let asked: Vec<String> = (0..200).map(|number| format!("field_{number}")).collect();
    let decision = decide(&app, &with(&[("/fields", json!(asked))]));
    let answered: Vec<String> = reasons(&decision).into_iter().map(|(field, _)| field).collect();
    assert_eq!(answered, asked);
}

#[test]
fn the_longest_of_everything_is_taken() {
    on_every_database(|database| {
        let app = TestApp::start(database);
        let ask = with(&[
            ("/resident", json!("ñ".repeat(128))),
            ("/fields", json!(["ü".repeat(200)])),
            ("/requester/agency", json!("Ä".repeat(200))),
            ("/requester/name", json!("\u{1F600}".repeat(1000))),
            ("/requester/reference", json!("line\nline\r\n\tline".to_owned() + &"x".repeat(900))),
            ("/justification", json!("é".repeat(1000))),
            ("/legal_bases", json!((0..20).map(|n| Uuid::from_u128(n).to_string()).collect::<Vec<_>>())),
        ]);
        let decision = decide(&app, &ask);
        assert_eq!(reasons(&decision)[0].1, "unclassified_field");
    });
}

#[test]
fn null_is_the_same_as_leaving_out_where_a_member_may_be_left_out() {
    let database = TestDatabase::sqlite();
    let app = TestApp::start(&database);
    let ask = with(&[
        ("/requester/agency", Value::Null),
        ("/requester/name", Value::Null),
        ("/requester/reference", Value::Null),
        ("/justification", Value::Null),
    ]);
    decide(&app, &ask);
    assert_eq!(last_record(&app).get("details"), None);
}
