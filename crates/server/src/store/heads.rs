//! Each study's last `server_seq`, as far as this process has heard, and waiting for it to grow.

use std::collections::BTreeMap;

use tokio::sync::watch;
use waymark_protocol::StudyId;

/// Each study's last `server_seq`.
pub type Heads = BTreeMap<StudyId, u64>;

/// Tells whoever waits that studies have grown.
pub fn tell(heads: &watch::Sender<Heads>, grown: Heads) {
    if grown.is_empty() {
        return;
    }
    heads.send_modify(|heads| {
        for (study, head) in grown {
            let known = heads.entry(study).or_default();
            // Of several processes one may speak of what another has overtaken.
            *known = head.max(*known);
        }
    });
}

/// Returns when the study's head is beyond `after`.
pub async fn grown(mut heads: watch::Receiver<Heads>, study: StudyId, after: u64) {
    // An error says that the store is gone; then nothing grows, and the caller's own time limit ends the wait.
    if heads.wait_for(|heads| heads.get(&study).is_some_and(|head| *head > after)).await.is_err() {
        std::future::pending::<()>().await;
    }
}
