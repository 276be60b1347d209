//! A warrant from the counter to its end.

use serde_json::json;
use zaguan::domain::staff::Role;

use super::{Hall, RESIDENT, ask_citing, warrant};
use crate::api::assert_problem;
use crate::support::on_every_database;

#[test]
fn a_warrant_is_registered_verified_by_another_used_within_its_scope_and_revoked() {
    on_every_database(|database| {
        let hall = Hall::open(database);
        let id = hall.register(&warrant());
        let ask = ask_citing(&[&id]);
        assert_eq!(hall.reason(&ask), "basis_not_verified");
        let open =
            assert_problem(&hall.act(Role::Counsel, &id, "verification", &super::verified()), 422, "checks-open");
        println!("{open}");
        assert_eq!(open["errors"].as_array().unwrap().len(), 1, "{open}");
        assert_eq!(open["errors"][0]["member"], "/checks/W16");
        hall.scan(&id);
        hall.verify(Role::Counsel, &id);
        assert_eq!(hall.reason(&ask), "legal_basis");
        let mut wider = ask.clone();
        wider["fields"] = json!(["employer_name"]);
        assert_eq!(hall.reason(&wider), "basis_class_not_in_scope");
        let revoked = hall.act(Role::Counsel, &id, "revocation", &json!({ "reason": "quashed by the court" }));
        assert_eq!(revoked.json(), json!({ "id": id, "status": "revoked" }));
        assert_eq!(hall.reason(&ask), "basis_revoked");
        let shown = hall.show(&id);
        assert_eq!(shown["status"], "revoked");
        assert_eq!(shown["uses"], 1);
        assert_eq!(shown["residents"], json!([{ "store": "utility-billing", "resident": RESIDENT }]));
        let steps: Vec<&str> =
            shown["steps"].as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
        assert_eq!(steps, ["registered", "verified", "revoked"]);
        assert_eq!(shown["steps"][2]["note"], "quashed by the court");
    });
}
