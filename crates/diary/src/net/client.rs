//! Typed calls over a transport. Every answer is parsed here, at the edge.

use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::api::{
    Challenge, DeviceState, Enrol, Enrolled, InvitationReply, Receipt, Recover, Recovered, Revoke, Token,
};
use waymark_protocol::record::wire::{self, FeedItem};
use waymark_protocol::{CodeId, Hash, StudyId};

use super::transport::PARTS;
use super::{Body, NetError, Reply, Request, Transport};

pub(crate) struct Client<'t, T>(pub &'t T);

impl<T: Transport> Client<'_, T> {
    pub async fn invitation(&self, study: &StudyId, code: &CodeId) -> Result<InvitationReply, NetError> {
        self.json(format!("/v1/studies/{study}/invitations/{code}"), None, Body::None).await
    }

    pub async fn enrol(&self, enrol: &Enrol) -> Result<Enrolled, NetError> {
        self.json("/v1/enrolments".into(), None, json(enrol)).await
    }

    pub async fn challenge(&self) -> Result<Challenge, NetError> {
        self.json("/v1/recoveries/challenge".into(), None, Body::Json(b"{}".to_vec())).await
    }

    pub async fn recover(&self, recover: &Recover) -> Result<Recovered, NetError> {
        self.json("/v1/recoveries".into(), None, json(recover)).await
    }

    pub async fn state(&self, token: Token, document: u32) -> Result<DeviceState, NetError> {
        self.json(format!("/v1/device/state?document={document}"), Some(token), Body::None).await
    }

    pub async fn push(&self, token: Token, push: Vec<u8>) -> Result<Receipt, NetError> {
        self.json("/v1/device/records".into(), Some(token), Body::Records(push)).await
    }

    /// A page of the participant's own records; empty at the end.
    pub async fn records(&self, token: Token, after: u64) -> Result<Vec<FeedItem>, NetError> {
        self.feed(token, format!("/v1/device/records?after={after}"), after).await
    }

    /// A page of the records of the participant's other devices; empty at the end.
    pub async fn others_records(&self, token: Token, after: u64) -> Result<Vec<FeedItem>, NetError> {
        self.feed(token, format!("/v1/device/records?after={after}&others=true"), after).await
    }

    /// Stops devices of the participant.
    pub async fn revoke(&self, token: Token, revoke: &Revoke) -> Result<(), NetError> {
        let request = Request { path: "/v1/device/revocations".into(), token: Some(token), body: json(revoke) };
        self.ok(request).await.map(drop)
    }

    async fn feed(&self, token: Token, path: String, after: u64) -> Result<Vec<FeedItem>, NetError> {
        let request = Request { path, token: Some(token), body: Body::None };
        let items = wire::read_feed(&self.ok(request).await?).map_err(|_| NetError::Garbage)?;
        let mut last = after;
        for item in &items {
            if item.server_seq <= last {
                return Err(NetError::Garbage);
            }
            last = item.server_seq;
        }
        Ok(items)
    }

    /// Whether the server has a part.
    pub async fn has_part(&self, token: Token, part: &Hash) -> Result<bool, NetError> {
        let Reply { status, retry_after, body } = self.0.send(part_request(token, part, Body::Head)).await?;
        match status {
            200..=299 => Ok(true),
            404 => Ok(false),
            _ => Err(NetError::from_reply(status, retry_after, &body)),
        }
    }

    /// Sends a part; it is kept when this returns.
    pub async fn send_part(&self, token: Token, part: &Hash, bytes: Vec<u8>) -> Result<(), NetError> {
        self.ok(part_request(token, part, Body::Part(bytes))).await.map(drop)
    }

    /// A part, with the bytes that its name promises; `None` when the server has not got it.
    pub async fn part(&self, token: Token, part: &Hash) -> Result<Option<Vec<u8>>, NetError> {
        let Reply { status, retry_after, body } = self.0.send(part_request(token, part, Body::None)).await?;
        match status {
            200..=299 if Hash::of(&body) == *part => Ok(Some(body)),
            200..=299 => Err(NetError::Garbage),
            404 => Ok(None),
            _ => Err(NetError::from_reply(status, retry_after, &body)),
        }
    }

    async fn json<R: DeserializeOwned>(&self, path: String, token: Option<Token>, body: Body) -> Result<R, NetError> {
        let body = self.ok(Request { path, token, body }).await?;
        serde_json::from_slice(&body).map_err(|_| NetError::Garbage)
    }

    async fn ok(&self, request: Request) -> Result<Vec<u8>, NetError> {
        let Reply { status, retry_after, body } = self.0.send(request).await?;
        match status {
            200..=299 => Ok(body),
            _ => Err(NetError::from_reply(status, retry_after, &body)),
        }
    }
}

fn part_request(token: Token, part: &Hash, body: Body) -> Request {
    Request { path: format!("{PARTS}{part}"), token: Some(token), body }
}

fn json(value: &impl Serialize) -> Body {
    Body::Json(serde_json::to_vec(value).expect("API types are JSON"))
}
