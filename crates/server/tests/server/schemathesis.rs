//! Schemathesis (<https://schemathesis.io>) makes up requests from the OpenAPI document, right and wrong ones, and holds every
//! answer against it: no 5xx, no status and no body that is not described, no call that forgets to ask for a token.
//!
//! It is a Python program and takes minutes, so it is ignored by a plain `cargo test`: `cargo xtask schemathesis` installs it and
//! runs this.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use waymark_protocol::attachment::Part;

use crate::support::{Binary, DataOn, Desk, OnSqlite, Phone};

/// Records are bytes to it. A list as long as it may be takes minutes to make up and finds nothing that a short one does not; that
/// longer ones are refused is tested in Rust.
const HOOKS: &str = "import schemathesis

schemathesis.serializer.alias('application/cbor-seq', 'application/octet-stream')


def without_long_lists(part):
    if isinstance(part, dict):
        part.pop('maxItems', None)
        part = part.values()
    if not isinstance(part, str) and hasattr(part, '__iter__'):
        for inner in part:
            without_long_lists(inner)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    without_long_lists(raw_schema)
";

/// What a sound request may be refused with: nearly every call wants something that is signed.
const CHECKS: [&str; 4] = ["--checks", "all", "--exclude-checks", "positive_data_acceptance"];

/// The operations that one of these tokens opens; those that need none, without a token.
fn operations(document: &Value, role: Option<&str>) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.values().flat_map(|item| item.as_object().unwrap().values());
    let opens = |call: &&Value| {
        let mut schemes = call["security"].as_array().into_iter().flatten().peekable();
        match role {
            None => schemes.peek().is_none(),
            Some(role) => schemes.any(|scheme| scheme.get(role).is_some()),
        }
    };
    calls.filter(opens).map(|call| call["operationId"].as_str().unwrap().to_owned()).collect()
}

fn config(folder: &Path, name: &str, ids: &[(&str, String)]) -> std::path::PathBuf {
    let hooks = folder.join("waymark_hooks.py");
    std::fs::write(&hooks, HOOKS).unwrap();
    // A question that a newer phone asks too is passed over, not refused.
    let generation = "[generation]\nallow-extra-parameters = false\n";
    let mut text = format!("hooks = {:?}\n\n{generation}\n[parameters]\n", hooks.to_str().unwrap());
    // Waiting for a minute at a time would find nothing either.
    let nothing_to_wait_for = ("query.wait", "0".to_owned());
    for (parameter, id) in ids.iter().chain([&nothing_to_wait_for]) {
        text += &format!("{parameter:?} = {id:?}\n");
    }
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
#[ignore = "needs Python and takes minutes: cargo xtask schemathesis"]
fn every_call_answers_as_it_is_described_whatever_it_is_sent() {
    let program = std::env::var_os("WAYMARK_SCHEMATHESIS").expect("WAYMARK_SCHEMATHESIS names schemathesis' program");
    let (folder, data) = (tempfile::tempdir().unwrap(), DataOn::<OnSqlite>::new());
    let token = |role: &str| data.token(&["--role", role]);
    let admin = token("admin");
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &admin);
    let (code, _) = desk.invite();
    let mut phone = Phone::join(&desk);
    let part = Part::of(vec![1; 1040]);
    phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();

    let ids = [
        ("path.study", desk.study.to_string()),
        ("path.participant", phone.certificate.participant.to_string()),
        ("path.code", code.code().to_string()),
        ("path.hash", part.hash.to_string()),
    ];
    let (made_up, there) = (config(folder.path(), "made-up.toml", &[]), config(folder.path(), "there.toml", &ids));
    let document: Value = server.http.get("/openapi.json", "").ok();
    let (data_manager, auditor) = (token("data-manager"), token("auditor"));
    let callers = [
        (None, ""),
        (Some("device"), phone.token.as_str()),
        (Some("researcher"), &desk.token),
        (Some("data-manager"), &data_manager),
        (Some("auditor"), &auditor),
        (Some("admin"), &admin),
    ];
    let mut failed = Vec::new();
    for (role, token) in callers {
        let operations = operations(&document, role);
        assert!(!operations.is_empty(), "{role:?}");
        for (config, phases, examples) in [(&there, "coverage,fuzzing", "40"), (&made_up, "fuzzing", "20")] {
            let mut command = Command::new(&program);
            command.arg("--config-file").arg(config).args(["--no-color", "run", "--seed", "1", "--warnings", "off"]);
            command.args(["--continue-on-failure", "--phases", phases, "--max-examples", examples]).args(CHECKS);
            command.args(operations.iter().flat_map(|operation| ["--include-operation-id", operation]));
            if !token.is_empty() {
                command.args(["--header", &format!("Authorization: Bearer {token}")]);
            }
            command.arg(format!("http://{}/openapi.json", server.http.0)).current_dir(folder.path());
            if !command.status().unwrap().success() {
                failed.push((role.unwrap_or("nobody"), phases));
            }
        }
    }
    assert_eq!(server.http.get("/healthz", "").status, 200);
    assert!(failed.is_empty(), "what failed is above: {failed:?}");
}
