//! What the processes over one database tell each other: that a study has grown (`LISTEN`, `NOTIFY`).
//!
//! A notice is sent after the commit that it speaks of, in a transaction of its own that does not wait for the disk: notifying
//! transactions commit one after the other in the whole cluster, and pushes of different studies must not. Notices of one study
//! that wait are one notice. What is said while the connection is lost is caught up with when it is back: then all heads are read.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client};
use waymark_protocol::StudyId;

use super::super::error::StoreError;
use super::super::heads::{self, Heads};
use super::connecting::{Connector, Driver};
use super::sql;

const CHANNEL: &str = "waymark";
const RECONNECT: Duration = Duration::from_millis(500);

/// What this process has heard, and what it has to say. Its tasks end when it is dropped.
pub struct Signals {
    heads: watch::Sender<Heads>,
    unsaid: Arc<Unsaid>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Unsaid {
    heads: Mutex<Heads>,
    some: Notify,
}

impl Signals {
    /// Begins to listen.
    pub async fn start(connector: Connector) -> Result<Self, StoreError> {
        let heads = watch::Sender::new(Heads::new());
        let unsaid = Arc::new(Unsaid::default());
        let line = Line::open(&connector, &heads).await?;
        let task = tokio::spawn(run(connector, line, heads.clone(), unsaid.clone()));
        Ok(Self { heads, unsaid, task })
    }

    /// A study's head is now this: tells this process at once and the others soon.
    pub fn say(&self, study: StudyId, head: u64) {
        heads::tell(&self.heads, Heads::from([(study, head)]));
        self.unsaid.heads.lock().unwrap_or_else(PoisonError::into_inner).insert(study, head);
        self.unsaid.some.notify_one();
    }

    /// Returns when the study's head is beyond `after`.
    pub async fn grown(&self, study: StudyId, after: u64) {
        heads::grown(self.heads.subscribe(), study, after).await;
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A connection that listens; what comes over it is heard until it is lost.
struct Line {
    client: Client,
    heard: mpsc::UnboundedReceiver<(StudyId, u64)>,
}

impl Line {
    async fn open(connector: &Connector, heads: &watch::Sender<Heads>) -> Result<Self, StoreError> {
        let (client, connection) = connector.alone().await?;
        let (hearing, heard) = mpsc::unbounded_channel();
        tokio::spawn(hear(connection, hearing));
        client.batch_execute(&format!("SET synchronous_commit = off; LISTEN {CHANNEL}")).await?;
        let mut all = Heads::new();
        for row in client.query("SELECT study, head FROM study", &[]).await? {
            all.insert(StudyId(sql::fixed(&row, 0)?), sql::unsigned(&row, 1)?);
        }
        heads::tell(heads, all);
        Ok(Self { client, heard })
    }

    async fn say(&self, heads: &Heads) -> Result<(), StoreError> {
        let notices: Vec<String> = heads.iter().map(|(study, head)| format!("{study} {head}")).collect();
        let sql = "SELECT pg_notify($1, notice) FROM unnest($2::text[]) AS notice";
        self.client.query(sql, &[&CHANNEL, &notices]).await?;
        Ok(())
    }
}

/// Drives a connection; ends with it, and with whoever uses it.
async fn hear(mut connection: Driver, hearing: mpsc::UnboundedSender<(StudyId, u64)>) {
    let mut messages = futures_util::stream::poll_fn(move |context| connection.poll_message(context));
    while let Some(Ok(message)) = messages.next().await {
        if let AsyncMessage::Notification(notice) = message
            && let Some(grown) = parse(notice.payload())
        {
            // Nobody listens any more once the line is given up; the connection goes on until it is closed.
            let _ = hearing.send(grown);
        }
    }
}

fn parse(notice: &str) -> Option<(StudyId, u64)> {
    let (study, head) = notice.split_once(' ')?;
    Some((study.parse().ok()?, head.parse().ok()?))
}

async fn run(connector: Connector, first: Line, heads: watch::Sender<Heads>, unsaid: Arc<Unsaid>) {
    let mut line = first;
    loop {
        let lost = talk(&mut line, &heads, &unsaid).await;
        tracing::warn!(error = %lost, "the line to the database is lost; listening begins again");
        line = loop {
            tokio::time::sleep(RECONNECT).await;
            match Line::open(&connector, &heads).await {
                Ok(line) => break line,
                Err(error) => tracing::debug!(%error, "the database cannot be listened to yet"),
            }
        };
    }
}

/// Hears and says until the line is lost.
async fn talk(line: &mut Line, heads: &watch::Sender<Heads>, unsaid: &Unsaid) -> StoreError {
    loop {
        tokio::select! {
            heard = line.heard.recv() => match heard {
                Some(grown) => heads::tell(heads, Heads::from([grown])),
                None => return StoreError::Unreachable("connection closed".to_owned()),
            },
            () = unsaid.some.notified() => {
                let saying = mem::take(&mut *unsaid.heads.lock().unwrap_or_else(PoisonError::into_inner));
                if let Err(error) = line.say(&saying).await {
                    // Said again on the next line; what has grown since then is newer.
                    let mut waiting = unsaid.heads.lock().unwrap_or_else(PoisonError::into_inner);
                    for (study, head) in saying {
                        waiting.entry(study).or_insert(head);
                    }
                    unsaid.some.notify_one();
                    return error;
                }
            }
        }
    }
}
