//! A study with a desk, a server and phones.

use std::path::{Path, PathBuf};

use waymark_desk::account::{Quarantined, Totals};
use waymark_desk::export::{Row, rows};
use waymark_desk::invite::{Invited, invite};
use waymark_desk::pull::{Pulled, pull};
use waymark_desk::verify::DeviceReport;
use waymark_desk::{Desk, Progress, account::Account, collection::Collection, study};
use waymark_protocol::DeviceId;
use waymark_protocol::api::Token;
use waymark_protocol::invitation::Invitation;
use waymark_protocol::proof::State;
use waymark_vault::ArgonParams;

use crate::phone::Phone;
use crate::server::TestServer;

pub const PASSPHRASE: &str = "correct horse battery staple";
pub const NOW: u64 = 1_777_000_000_000;

pub struct World {
    pub server: TestServer,
    pub desk: Desk,
    pub folder: PathBuf,
    pub _temporary: tempfile::TempDir,
}

pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/transitions.toml")
}

impl World {
    pub async fn new() -> Self {
        let server = TestServer::start().await;
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("desk");
        let file = study::read_study_file(&example()).unwrap();
        study::new(&folder, &file, server.url.clone(), Token([9; 32]), PASSPHRASE, &ArgonParams::FLOOR).await.unwrap();
        let desk = Desk::open(&folder, PASSPHRASE).unwrap();
        Self { server, desk, folder, _temporary: temporary }
    }

    pub async fn invite(&mut self, label: &str) -> Invited {
        invite(&mut self.desk, label, NOW).await.unwrap()
    }

    /// A phone joins by the link that the desk prints and the certificate that the server holds.
    pub async fn join(&mut self, label: &str) -> Phone {
        let invited = self.invite(label).await;
        self.join_with(&invited)
    }

    pub fn join_with(&self, invited: &Invited) -> Phone {
        let invitation = Invitation::parse(&invited.link).unwrap();
        let code = invitation.secret.code();
        let certificate = self
            .server
            .with(|script| script.certificates.iter().find(|certificate| certificate.code() == code).cloned().unwrap());
        let trusted = self.desk.identity.signed.verify(&invitation.study).unwrap();
        Phone::join(&certificate, &invitation.secret, trusted.encryption_key)
    }

    pub async fn pull(&mut self) -> Pulled {
        let pulled = pull(&mut self.desk, NOW, &Progress::silent()).await.unwrap();
        assert_sums(&pulled.totals);
        pulled
    }

    pub fn rows(&self) -> Vec<Row> {
        let collection = Collection::load(self.desk.vault.reader()).unwrap();
        let labels = waymark_desk::Labels::load(self.desk.vault.reader()).unwrap();
        let plan = &self.desk.identity.document.document.plan;
        rows(Account::of(&self.desk.identity, &self.desk.keys, &collection), &labels, plan)
    }

    /// What the desk can read, in the order of an export.
    pub fn texts(&self) -> Vec<String> {
        self.rows().into_iter().map(|row| row.text).collect()
    }
}

pub fn assert_sums(totals: &Totals) {
    let parts = totals.opened + totals.private + totals.control + totals.erased + totals.waiting;
    assert_eq!(totals.received, parts + totals.quarantined.len() as u64, "{totals:?}");
}

pub fn device(pulled: &Pulled, device: DeviceId) -> &DeviceReport {
    pulled.report.devices.iter().find(|report| report.device == device).expect("the device is reported")
}

pub fn state(pulled: &Pulled, of: DeviceId) -> (State, u64) {
    let report = device(pulled, of);
    (report.state, report.seq)
}

pub fn quarantined(device: DeviceId, seq: u64, reason: &str) -> Quarantined {
    Quarantined { device: Some(device), seq: Some(seq), reason: reason.to_owned() }
}
