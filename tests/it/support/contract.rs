//! What the service says of itself, held against what it does: every answer that any test gets is compared with
//! `/api/v1/openapi.json`.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::app::Reply;

/// The description, as the service serves it.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let app = actix_web::rt::System::new();
    let body = app.block_on(async {
        let app = actix_web::test::init_service(actix_web::App::new().configure(zaguan::api::routes)).await;
        let request = actix_web::test::TestRequest::get().uri("/api/v1/openapi.json").to_request();
        actix_web::test::call_and_read_body(&app, request).await
    });
    serde_json::from_slice(&body).expect("the description is JSON")
});

/// The path of the description that a request's path belongs to. A word that stands there itself goes before a member.
pub fn template_of(path: &str) -> Option<&'static str> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |template: &str| {
        let (mut asked, mut told) = (path.split('/'), template.split('/'));
        loop {
            match (asked.next(), told.next()) {
                (None, None) => return true,
                // The rest of the path, with its slashes.
                (Some(_), Some(told)) if told.ends_with("}*") => return true,
                (Some(asked), Some(told)) if asked == told || (told.starts_with('{') && !asked.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let templates = DOCUMENT["paths"].as_object().unwrap().keys().map(String::as_str);
    templates.filter(|template| fits(template)).min_by_key(|template| template.matches('{').count())
}

/// Fails when an answer is not one that the description promises. Calls of paths or methods that do not exist are not
/// described.
#[track_caller]
pub fn demand_described(method: &str, path: &str, request: &[u8], reply: &Reply) {
    let Some(template) = template_of(path) else { return };
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    let operation = &DOCUMENT["paths"][template][&method];
    if operation.is_null() {
        return;
    }
    let status = reply.status.to_string();
    let here = format!("{method} {template} answered {status}");
    let response = &operation["responses"][&status];
    assert!(response.is_object(), "{here}, which is not described: {}", reply.body);
    let is_shared = response["$ref"].is_string();
    let response = if is_shared { &DOCUMENT["components"]["responses"]["Problem"] } else { response };
    let at = if is_shared {
        "/components/responses/Problem".to_owned()
    } else {
        format!("/paths/{}/{method}/responses/{status}", escape(template))
    };
    let found = reply.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    let Some(content) = response["content"].as_object() else {
        assert!(reply.body.is_empty(), "{here} with a body, which is not described: {}", reply.body);
        return;
    };
    assert!(content.contains_key(found), "{here} with `{found}`, which is not described");
    if found.ends_with("json") && !reply.body.is_empty() {
        demand(&format!("{at}/content/{}/schema", escape(found)), &reply.json(), &here);
    }
    let is_json = operation["requestBody"]["content"]["application/json"].is_object();
    // What is nested deeper than this reader goes is compared by nobody.
    let sent: Option<Value> = serde_json::from_slice(request).ok();
    if let Some(sent) = sent.filter(|_| reply.status < 300 && is_json) {
        let at = format!("/paths/{}/{method}/requestBody/content/application~1json/schema", escape(template));
        demand(&at, &sent, &format!("the request that {here}"));
    }
}

fn escape(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}

#[track_caller]
fn demand(pointer: &str, value: &Value, what: &str) {
    let faults: Vec<String> = validator(pointer)
        .iter_errors(value)
        .map(|error| format!("{} at `{}`", error.masked(), error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{what} is not as described: {}\n{value}", faults.join("; "));
}

/// The whole description, entered at one of its schemas: so that references lead where they should.
fn validator(pointer: &str) -> Arc<Validator> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap();
    let made = known.entry(pointer.to_owned()).or_insert_with(|| {
        let mut schema = DOCUMENT.clone();
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        let encoded = pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D");
        schema["$ref"] = json!(format!("#{encoded}"));
        Arc::new(jsonschema::options().should_validate_formats(true).build(&schema).expect(pointer))
    });
    Arc::clone(made)
}
