//! Every call of the OpenAPI document × every kind of token × ids that are one's own, another study's, and nobody's.
//!
//! [`TABLE`] is the one place that says who may do what. A call without a line in it fails, and so does a line without a call.
//! Nothing crosses: an id of another study is answered, to the byte, as one that nobody has.

use std::collections::BTreeMap;

use serde_json::Value;
use waymark_protocol::api::{ApiError, ApiErrorCode};
use waymark_protocol::attachment::Part;
use waymark_protocol::{CodeId, ParticipantId, StudyId};

use super::Running;
use crate::support::{Desk, Phone, Reply, random};

/// Who may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Whoever comes: a proof, if any is needed, is in the body.
    Anyone,
    /// A phone that has not been stopped.
    Phone,
    /// A phone, stopped or not.
    StoppedPhoneToo,
    /// People with one of these roles; where the path names a study, a token for that study or for all.
    Staff(&'static [&'static str]),
}

use Who::{Anyone, Phone as APhone, Staff, StoppedPhoneToo};

const RESEARCHER: Who = Staff(&["researcher"]);
const STEWARD: Who = Staff(&["data-manager", "researcher"]);
const DATA_MANAGER: Who = Staff(&["data-manager"]);

const TABLE: [(&str, &str, Who); 31] = [
    ("get", "/healthz", Anyone),
    ("get", "/readyz", Anyone),
    ("get", "/openapi.json", Anyone),
    ("post", "/v1/enrolments", Anyone),
    ("post", "/v1/recoveries/challenge", Anyone),
    ("post", "/v1/recoveries", Anyone),
    ("get", "/v1/device/state", StoppedPhoneToo),
    ("post", "/v1/device/records", StoppedPhoneToo),
    ("get", "/v1/device/records", APhone),
    ("post", "/v1/device/revocations", APhone),
    ("head", "/v1/device/parts/{hash}", APhone),
    ("get", "/v1/device/parts/{hash}", APhone),
    ("put", "/v1/device/parts/{hash}", APhone),
    ("post", "/v1/studies", Staff(&["admin"])),
    ("get", "/v1/studies/{study}/document", RESEARCHER),
    ("put", "/v1/studies/{study}/document", RESEARCHER),
    ("put", "/v1/studies/{study}/end", STEWARD),
    ("delete", "/v1/studies/{study}/end", STEWARD),
    ("put", "/v1/studies/{study}/participants/{participant}/left", STEWARD),
    ("delete", "/v1/studies/{study}/participants/{participant}/left", STEWARD),
    ("post", "/v1/studies/{study}/invitations", RESEARCHER),
    ("get", "/v1/studies/{study}/invitations/{code}", Anyone),
    ("delete", "/v1/studies/{study}/invitations/{code}", RESEARCHER),
    ("get", "/v1/studies/{study}/records", RESEARCHER),
    ("get", "/v1/studies/{study}/parts/{hash}", RESEARCHER),
    ("get", "/v1/studies/{study}/orders", RESEARCHER),
    ("post", "/v1/studies/{study}/orders", RESEARCHER),
    ("post", "/v1/studies/{study}/sightings", RESEARCHER),
    ("get", "/v1/studies/{study}/usage", DATA_MANAGER),
    ("get", "/v1/studies/{study}/retention", DATA_MANAGER),
    ("get", "/v1/studies/{study}/audit", Staff(&["auditor"])),
];

/// A call as it is described.
struct Call {
    method: String,
    path: String,
    who: Who,
    described: Value,
}

impl Call {
    fn names_a_study(&self) -> bool {
        self.path.contains("{study}")
    }

    /// Whether the path or the query names something inside a study.
    fn names_a_thing(&self) -> bool {
        self.parameters().any(|name| name != "study")
    }

    fn parameters(&self) -> impl Iterator<Item = &str> {
        let parameters = self.described["parameters"].as_array().into_iter().flatten();
        parameters.filter(|parameter| parameter["required"] == true).filter_map(|parameter| parameter["name"].as_str())
    }
}

/// Whose ids a request names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Foreign,
    Nobodys,
}

use Whose::{Foreign, Nobodys, Own};

/// One study's things.
struct Things {
    study: StudyId,
    code: CodeId,
    participant: ParticipantId,
    part: Part,
}

impl Things {
    fn of(desk: &Desk, phone: &Phone, part: Part) -> Self {
        let (secret, _) = desk.invite();
        let participant = phone.certificate.participant;
        Self { study: desk.study, code: secret.code(), participant, part }
    }

    fn nobodys() -> Self {
        let (code, participant) = (CodeId(random()), ParticipantId(random()));
        Self { study: StudyId(random()), code, participant, part: Part::of(vec![3; 1040]) }
    }

    fn named(&self, name: &str) -> String {
        match name {
            "study" => self.study.to_string(),
            "code" => self.code.to_string(),
            "participant" => self.participant.to_string(),
            "hash" => self.part.hash.to_string(),
            _ => panic!("say in this test what a parameter {name} is"),
        }
    }
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// Without a token, or with one that is none, that is not known, or that was revoked.
    Stranger,
    /// A phone whose own things are these; a phone that has nothing is of another participant of the own study.
    Phone(Whose),
    StoppedPhone,
    /// A person's token, for the own study, for the other one, or for all.
    Staff(&'static str, Scope),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Mine,
    Theirs,
    All,
}

struct World {
    server: Running,
    own: Things,
    foreign: Things,
    nobodys: Things,
    callers: Vec<(Caller, String)>,
}

impl World {
    fn new() -> Self {
        let server = Running::start();
        let admin = server.token("admin");
        let (mine, theirs) = (Desk::new(server.http, &admin), Desk::new(server.http, &admin));
        let parts = [Part::of(vec![1; 1040]), Part::of(vec![2; 1040])];
        let phones: Vec<Phone> = [&mine, &theirs]
            .into_iter()
            .zip(&parts)
            .map(|(desk, part)| {
                let mut phone = Phone::join(desk);
                phone.write_listing(&[part]);
                phone.sync();
                phone.http.put_part(&phone.token, part).done();
                phone
            })
            .collect();
        let stopped = Phone::join(&mine);
        stopped.sync();
        let orders = waymark_protocol::api::Orders {
            erasures: Vec::new(),
            revocations: vec![stopped.revocation(&mine.signing)],
        };
        mine.http.post(&mine.path("orders"), &mine.token, &orders).done();

        let mut callers = vec![
            (Caller::Stranger, String::new()),
            (Caller::Stranger, "not-a-token".to_owned()),
            (Caller::Stranger, "0".repeat(64)),
            (Caller::Phone(Own), phones[0].token.clone()),
            (Caller::Phone(Nobodys), Phone::join(&mine).token),
            (Caller::Phone(Foreign), phones[1].token.clone()),
            (Caller::StoppedPhone, stopped.token),
        ];
        for role in ["researcher", "data-manager", "auditor", "admin"] {
            let for_study = |desk: &Desk| server.data.token(&["--role", role, "--study", &desk.study.to_string()]);
            callers.push((Caller::Staff(role, Scope::Mine), for_study(&mine)));
            callers.push((Caller::Staff(role, Scope::Theirs), for_study(&theirs)));
            callers.push((Caller::Staff(role, Scope::All), server.token(role)));
            let revoked = server.token(role);
            let newest = server.data.number("SELECT max(id) FROM token");
            server.data.token_command(&["revoke", &newest.to_string()]);
            callers.push((Caller::Stranger, revoked));
        }
        let [own_part, foreign_part] = parts;
        Self {
            own: Things::of(&mine, &phones[0], own_part),
            foreign: Things::of(&theirs, &phones[1], foreign_part),
            nobodys: Things::nobodys(),
            callers,
            server,
        }
    }

    fn calls(&self) -> Vec<Call> {
        let document: Value = self.server.http.get("/openapi.json", "").ok();
        let mut described: BTreeMap<(String, String), Value> = BTreeMap::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, call) in item.as_object().unwrap() {
                described.insert((method.clone(), path.clone()), call.clone());
            }
        }
        let calls = TABLE.map(|(method, path, who)| {
            let described = described.remove(&(method.to_owned(), path.to_owned()));
            let described = described.unwrap_or_else(|| panic!("{method} {path} is in the table and not described"));
            Call { method: method.to_owned(), path: path.to_owned(), who, described }
        });
        assert!(described.is_empty(), "who may call {:?}? The table does not say.", described.keys());
        calls.into()
    }

    fn things(&self, whose: Whose) -> &Things {
        match whose {
            Own => &self.own,
            Foreign => &self.foreign,
            Nobodys => &self.nobodys,
        }
    }

    /// Makes a call that names `study`, and inside it something of `thing`.
    fn reply(&self, call: &Call, token: &str, study: Whose, thing: Whose) -> Reply {
        let (mut path, mut query) = (call.path.clone(), String::new());
        for name in call.parameters() {
            let id = self.things(if name == "study" { study } else { thing }).named(name);
            let filled = path.replace(&format!("{{{name}}}"), &id);
            if filled == path {
                query = format!("?{name}={id}");
            }
            path = filled;
        }
        let content = call.described["requestBody"]["content"].as_object();
        let kind = content.and_then(|content| content.keys().next()).map_or("", String::as_str);
        let body = match kind {
            "application/json" => b"{}".to_vec(),
            "application/octet-stream" => self.things(thing).part.bytes.clone(),
            _ => Vec::new(),
        };
        let method = call.method.to_uppercase();
        let reply = self.server.http.send(&method, &format!("{path}{query}"), token, kind, &body).unwrap();
        let documented = call.described["responses"].get(reply.status.to_string()).is_some();
        assert!(documented, "{method} {path} answers {}, which is not described", reply.status);
        reply
    }
}

fn code(reply: &Reply) -> Option<ApiErrorCode> {
    serde_json::from_slice::<ApiError>(&reply.body).ok().map(|error| error.code)
}

/// The refusal that somebody gets who may not make this call; none for who may.
fn refusal(who: Who, caller: Caller, names_a_study: bool) -> Option<(u16, ApiErrorCode)> {
    let (unauthorized, forbidden) = ((401, ApiErrorCode::Unauthorized), (403, ApiErrorCode::Forbidden));
    match (who, caller) {
        (Anyone, _) | (APhone | StoppedPhoneToo, Caller::Phone(_)) | (StoppedPhoneToo, Caller::StoppedPhone) => None,
        (_, Caller::Stranger) => Some(unauthorized),
        (APhone, Caller::StoppedPhone) => Some((403, ApiErrorCode::Revoked)),
        (Staff(roles), Caller::Staff(role, scope)) => {
            let may = roles.contains(&role) && (!names_a_study || scope != Scope::Theirs);
            (!may).then_some(forbidden)
        }
        (APhone | StoppedPhoneToo, Caller::Staff(..)) | (Staff(_), Caller::Phone(_) | Caller::StoppedPhone) => {
            Some(forbidden)
        }
    }
}

#[test]
fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let world = World::new();
    for call in world.calls() {
        for (caller, token) in &world.callers {
            let reply = world.reply(&call, token, Own, Own);
            let about = format!("{} {} by {caller:?}", call.method, call.path);
            match refusal(call.who, *caller, call.names_a_study()) {
                None => assert!(!matches!(reply.status, 401 | 403), "{about}: refused with {}", reply.status),
                // A reply to HEAD has no body.
                Some((status, _)) if call.method == "head" => assert_eq!(reply.status, status, "{about}"),
                Some(refusal) => assert_eq!(code(&reply).map(|code| (reply.status, code)), Some(refusal), "{about}"),
            }
        }
    }
}

#[test]
fn ids_of_another_study_are_answered_as_ids_of_nobody() {
    let world = World::new();
    for call in world.calls() {
        for (caller, token) in &world.callers {
            let about = format!("{} {} by {caller:?}", call.method, call.path);
            let same = |one: (Whose, Whose), other: (Whose, Whose)| {
                let replies = [one, other].map(|(study, thing)| world.reply(&call, token, study, thing));
                let [one, other] = replies.map(|reply| (reply.status, reply.body));
                assert!(one == other, "{about}: {} here, {} there", one.0, other.0);
                one.0
            };
            for not_theirs in [Own, Foreign] {
                if call.names_a_thing() && !is_there(&call, *caller, not_theirs) {
                    let status = same((Own, not_theirs), (Own, Nobodys));
                    // Who sends a part's bytes has a part of their own, whoever else has the same.
                    let sends_bytes = (call.method.as_str(), call.path.as_str()) == ("put", "/v1/device/parts/{hash}");
                    assert!(status >= 400 || sends_bytes, "{about}: {status} for what is not there");
                }
            }
            if call.names_a_study() && !reaches_all_studies(*caller, call.who) {
                let status = same((Foreign, Foreign), (Nobodys, Nobodys));
                assert!(status >= 400, "{about}: {status} in another study");
            }
        }
    }
}

/// Whether things of the own or of the foreign study are there for a caller who names them in the own study, or in none.
fn is_there(call: &Call, caller: Caller, whose: Whose) -> bool {
    match caller {
        Caller::Phone(own) if !call.names_a_study() => own == whose,
        _ => whose == Own,
    }
}

/// Whoever has another study's whole invitation code may read it, whatever token comes with it.
fn reaches_all_studies(caller: Caller, who: Who) -> bool {
    who == Anyone || matches!(caller, Caller::Staff(_, Scope::All | Scope::Theirs))
}

#[test]
fn the_document_names_the_roles_of_the_table() {
    let world = World::new();
    for call in world.calls() {
        let described: Vec<&str> = (call.described["security"].as_array().into_iter().flatten())
            .flat_map(|scheme| scheme.as_object().unwrap().keys().map(String::as_str))
            .collect();
        let mut roles = match call.who {
            Anyone => Vec::new(),
            APhone | StoppedPhoneToo => vec!["device"],
            Staff(roles) => roles.to_vec(),
        };
        let mut described = described;
        roles.sort_unstable();
        described.sort_unstable();
        assert_eq!(described, roles, "{} {}", call.method, call.path);
    }
}
