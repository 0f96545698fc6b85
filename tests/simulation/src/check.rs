//! "What must hold", line by line, after everything has come to rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use axum::http::Method;
use waymark_desk::Desk;
use waymark_desk::account::{Account, Class};
use waymark_desk::collection::{Collection, PartId};
use waymark_desk::verify::verify;
use waymark_protocol::attachment;
use waymark_protocol::content::Entry;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::{RawItem, read_feed};
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::{open_body, open_grant, open_with_study};
use waymark_protocol::{DeviceId, Hash, ParticipantId};

use crate::acts::{SAVED, short};
use crate::model::{Choice, Sound, TextId};
use crate::phone::Phone;
use crate::wire::CANARY;
use crate::world::{Broken, World, broken, trouble};

const RECEIPTED: &str = "2: a receipted record is on the server, once, byte for byte";
const OPENED: &str = "4: the desk opens what was shared and not withdrawn";
const PRIVATE: &str = "5: nothing private, held or taken back opens";
const COMPLETE: &str = "6: what the desk says of every device";
const ERASED: &str = "8: what was erased is gone";

impl World {
    /// Checks everything.
    pub async fn check(&mut self) -> Result<(), Broken> {
        self.what_was_saved_is_there()?;
        self.what_was_receipted_is_on_the_server().await?;
        self.the_desk_opens_what_was_shared()?;
        self.nothing_that_left_a_phone_opens_unless_it_was_granted()?;
        self.the_desk_knows_what_is_complete()?;
        self.wire.stop_server();
        self.the_server_has_ended().await?;
        self.what_was_erased_is_gone()?;
        self.no_file_holds_what_was_written()
    }

    fn what_was_saved_is_there(&self) -> Result<(), Broken> {
        for person in 0..self.people.len() {
            let theirs: Vec<&Phone> = self.phones.iter().filter(|phone| phone.person == person).collect();
            let together = |phone: &&&Phone| phone.keeps_together();
            let mut everywhere: BTreeSet<usize> =
                theirs.iter().filter(together).flat_map(|phone| phone.must.iter().copied()).collect();
            everywhere.extend(self.model.safe.iter().filter(|text| self.model.texts[**text].person == person));
            everywhere.retain(|text| !self.model.texts[*text].local && !self.model.texts[*text].deleted);
            let alone = theirs.len() == 1 && !theirs[0].ever_set_back;
            for phone in theirs.iter().filter(|phone| phone.alive) {
                let mut must = phone.must.clone();
                if phone.incomplete {
                    // Another may have taken back what it has not heard the copy of.
                    must.retain(|text| self.model.texts[*text].chosen_on == phone.id);
                }
                if together(&phone) && !phone.incomplete {
                    must.extend(&everywhere);
                }
                self.is_on(phone, &must, alone)?;
                self.can_be_heard_on(phone, &must, together(&phone) && !phone.incomplete)?;
            }
        }
        Ok(())
    }

    /// Whether these are on a phone; `once`: and nothing twice or after it was deleted.
    fn is_on(&self, phone: &Phone, must: &BTreeSet<usize>, once: bool) -> Result<(), Broken> {
        let name = phone.name();
        let texts = phone.texts().or_else(|error| broken(SAVED, format!("{name}: {error}")))?;
        let mut seen = BTreeMap::new();
        for (_, words) in &texts {
            let Some(text) = self.model.find(words).filter(|text| self.model.texts[*text].person == phone.person)
            else {
                return broken(SAVED, format!("on {name} stands {words:?}, which its person never wrote"));
            };
            *seen.entry(text).or_insert(0) += 1;
        }
        if let Some(text) = must.iter().find(|text| !seen.contains_key(*text)) {
            return broken(SAVED, format!("{} is not on {name}", short(&self.model.texts[*text].words)));
        }
        let strange = |(text, times): &(&usize, &i32)| **times > 1 || self.model.texts[**text].deleted;
        match seen.iter().find(strange).filter(|_| once) {
            Some((text, times)) => {
                let words = short(&self.model.texts[*text].words);
                broken(SAVED, format!("{words} is on {name} {times} times, though it was written once or deleted"))
            }
            None => Ok(()),
        }
    }

    /// Whether what was spoken with these is on a phone; `together`: also what another phone recorded.
    fn can_be_heard_on(&self, phone: &Phone, must: &BTreeSet<usize>, together: bool) -> Result<(), Broken> {
        for text in must.iter().map(|text| &self.model.texts[*text]) {
            let Some(sound) = text.sound.map(|sound| &self.model.sounds[sound]) else { continue };
            let heard = phone.hear(&text.words).or_else(|error| broken(SAVED, format!("{}: {error}", phone.name())))?;
            let (words, name) = (short(&text.words), phone.name());
            match heard {
                Some(bytes) if bytes == sound.bytes => {}
                Some(_) => return broken(SAVED, format!("what was spoken with {words} is something else on {name}")),
                None if !text.may_be_mute && self.must_be_heard(sound, phone, together) => {
                    return broken(SAVED, format!("what was spoken with {words} is not on {name}"));
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Whether a voice note is on a phone: it was recorded there, or where it was recorded it can still be sent, or it has been.
    fn must_be_heard(&self, sound: &Sound, on: &Phone, together: bool) -> bool {
        let recorded_on = &self.phones[sound.on];
        if sound.on == on.id {
            return !on.ever_set_back;
        }
        together && (sound.safe || sends(recorded_on))
    }

    async fn what_was_receipted_is_on_the_server(&self) -> Result<(), Broken> {
        let held = self.server_holds().await?;
        let receipted = self.wire.tape(|tape| tape.receipted.clone());
        let erased = self.wire.tape(|tape| erased(&tape.left));
        for ((device, seq), (header, slots, body)) in receipted {
            let place = format!("place {seq} of {}", self.device_name(&device));
            let items = held.get(&(device, seq)).map(Vec::as_slice).unwrap_or_default();
            let [item] = items else {
                return broken(RECEIPTED, format!("{place} is there {} times", items.len()));
            };
            let same = match item {
                RawItem::Record(h, s, b) => (h, s, b) == (&header, &slots, &body),
                RawItem::Tombstone(h, s, b) => {
                    let record = Record::parse(header.clone(), slots.clone(), body.clone()).map_err(trouble)?;
                    let hashes = (*s, *b) == (Hash::of(&slots), Hash::of(&body));
                    let rightly = erased.contains(&record.as_target())
                        || record
                            .header()
                            .target
                            .is_some_and(|target| record.header().kind == Kind::Grant && erased.contains(&target));
                    *h == header && hashes && rightly
                }
                RawItem::Checkpoint(_) => false,
            };
            if !same {
                return broken(RECEIPTED, format!("{place} is not what was receipted"));
            }
        }
        Ok(())
    }

    /// What a desk that had nothing yet would get.
    async fn server_holds(&self) -> Result<BTreeMap<(DeviceId, u64), Vec<RawItem>>, Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let mut held: BTreeMap<_, Vec<RawItem>> = BTreeMap::new();
        let mut after = 0;
        loop {
            let path = format!("/v1/studies/{}/records?after={after}", desk.identity.study);
            let (_, body) = self.wire.ask(Method::GET, path, desk.dangerously_token(), None).await;
            let items = read_feed(&body).or_else(|error| broken(RECEIPTED, format!("the feed: {error}")))?;
            let Some(last) = items.last() else { return Ok(held) };
            after = last.server_seq;
            for item in items {
                let header = match &item.item {
                    RawItem::Record(header, slots, body) => {
                        let record = Record::parse(header.clone(), slots.clone(), body.clone()).map_err(trouble)?;
                        (record.header().device, record.header().seq)
                    }
                    RawItem::Tombstone(header, slots, body) => {
                        let left = waymark_protocol::record::Tombstone::parse(header.clone(), *slots, *body);
                        let left = left.map_err(trouble)?;
                        (left.header().device, left.header().seq)
                    }
                    RawItem::Checkpoint(_) => continue,
                };
                held.entry(header).or_default().push(item.item);
            }
        }
    }

    fn the_desk_opens_what_was_shared(&self) -> Result<(), Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let collection = Collection::load(desk.vault.reader()).or_else(|error| broken(OPENED, error.to_string()))?;
        let account = Account::of(&desk.identity, &desk.keys, &collection);
        let mut opened: BTreeMap<usize, u32> = BTreeMap::new();
        for (person, line) in
            account.people.iter().flat_map(|person| person.lines.iter().map(move |line| (person, line)))
        {
            match &line.class {
                Class::Opened(entry) => match self.model.find(&entry.text) {
                    Some(text) => {
                        *opened.entry(text).or_default() += 1;
                        self.the_desk_hears(desk, person.participant, entry, text)?;
                    }
                    None => return broken(OPENED, format!("the desk opened {:?}, which nobody wrote", entry.text)),
                },
                Class::Quarantined(reason)
                    if !self.desk_misled
                        && !self.phones.iter().any(|phone| phone.ever_set_back || phone.stop_asked) =>
                {
                    return broken(OPENED, format!("a record of an honest phone is in quarantine: {reason}"));
                }
                _ => {}
            }
        }
        for (id, text) in self.model.texts.iter().enumerate() {
            let times = opened.get(&id).copied().unwrap_or(0);
            let words = short(&text.words);
            match text.choice {
                Choice::Shared if times != 1 => {
                    return broken(OPENED, format!("{words} was shared, and the desk opened it {times} times"));
                }
                Choice::Private | Choice::Held(_) if times != 0 => {
                    return broken(PRIVATE, format!("{words} is not shared, and the desk opened it"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What was spoken with an entry that the desk opened is at the desk too.
    fn the_desk_hears(
        &self,
        desk: &Desk,
        participant: Option<ParticipantId>,
        entry: &Entry,
        text: TextId,
    ) -> Result<(), Broken> {
        let sound = self.model.texts[text].sound.map(|sound| &self.model.sounds[sound]);
        let words = short(&entry.text);
        let (Some(participant), Some(sound), [attachment]) = (participant, sound, entry.attachments.as_slice()) else {
            return match (sound, entry.attachments.is_empty()) {
                (None, true) => Ok(()),
                _ => broken(OPENED, format!("{words} has another number of voice notes at the desk")),
            };
        };
        let mut parts = Vec::new();
        for hash in attachment.parts() {
            let id = PartId { participant, hash: *hash };
            let part = Collection::part_bytes(desk.vault.reader(), &id);
            parts.extend(part.or_else(|error| broken(OPENED, error.to_string()))?);
        }
        let here = parts.len() == attachment.parts().len();
        let must = !self.model.texts[text].may_be_mute && (sound.safe || sends(&self.phones[sound.on]));
        if !here && must && self.model.texts[text].choice == Choice::Shared {
            return broken(OPENED, format!("what was spoken with {words} is not at the desk"));
        }
        let opened = attachment::open(&entry.entry, attachment, parts.iter().map(|part| part.as_slice()));
        match opened {
            Ok(bytes) if *bytes == sound.bytes => Ok(()),
            _ if !here => Ok(()),
            _ => broken(OPENED, format!("what was spoken with {words} does not open at the desk as it was")),
        }
    }

    /// Looks at every record that ever left a phone with the study's key, those that were erased since among them.
    fn nothing_that_left_a_phone_opens_unless_it_was_granted(&self) -> Result<(), Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let key = &desk.keys.opening;
        self.wire.tape(|tape| {
            for record in tape.left.values() {
                let kind = record.header().kind;
                if kind == Kind::Entry && open_with_study(record, key).is_ok() {
                    return broken(PRIVATE, "an entry left a phone with a slot for the study");
                }
                let (Kind::Grant, Some(target)) = (kind, record.header().target) else { continue };
                let (Ok(content), Some(entry)) =
                    (open_grant(record, key), tape.left.get(&(target.device, target.seq, target.link)))
                else {
                    continue;
                };
                let opened = open_body(entry, &content).ok().and_then(|body| Entry::parse(&body).ok());
                let Some(opened) = opened else { return broken(PRIVATE, "a grant does not open its entry") };
                let text = self.model.find(&opened.text).map(|text| &self.model.texts[text]);
                if !text.is_some_and(|text| text.may_have_been_granted) {
                    return broken(PRIVATE, format!("{} left a phone open to the study", short(&opened.text)));
                }
            }
            Ok(())
        })
    }

    fn the_desk_knows_what_is_complete(&self) -> Result<(), Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let report = verify(desk).or_else(|error| broken(COMPLETE, error.to_string()))?;
        let receipts = self.wire.tape(|tape| tape.receipts.clone());
        for (device, places) in &receipts {
            let name = self.device_name(device);
            let phone = self.phones.iter().find(|phone| phone.device() == Some(*device));
            // What an old backup took away, and nobody says again, no desk can miss that never had it.
            let silent = self.server_set_back
                && phone.is_none_or(|phone| !phone.keeps_together() || phone.left || phone.ever_set_back);
            let Some(said) = report.devices.iter().find(|said| said.device == *device) else {
                if silent {
                    continue;
                }
                return broken(COMPLETE, format!("the desk says nothing of {name}"));
            };
            if said.state == State::Revoked && phone.is_some_and(|phone| phone.stop_asked) {
                continue;
            }
            if phone.is_some_and(|phone| phone.stopped) && !self.server_set_back {
                return broken(COMPLETE, format!("{name} was stopped, and the desk says {:?}", said.state));
            }
            let honest = !silent && phone.is_some_and(|phone| phone.alive && !phone.ever_set_back);
            let (last, most) = (places.last().copied().unwrap_or(0), places.iter().max().copied().unwrap_or(0));
            let (state, seq) = (said.state, said.seq);
            let right = match state {
                State::Complete if honest => seq == last,
                State::Complete if self.server_set_back => places.contains(&seq),
                State::Complete => seq == most,
                // What was spoken with one of its entries is on no phone any more that could send it.
                State::Behind if self.some_may_be_mute() => seq == most || !honest,
                _ => !honest && (self.server_set_back || phone.is_some_and(|phone| phone.ever_set_back)),
            };
            if !right {
                let says = format!("of {name} the desk says {state:?} {seq}; receipted were {places:?}");
                return broken(COMPLETE, says);
            }
        }
        Ok(())
    }

    /// Whether something that was spoken can be sent by no phone any more.
    fn some_may_be_mute(&self) -> bool {
        let sent = |sound: &Sound| sound.safe || sends(&self.phones[sound.on]);
        self.model.texts.iter().any(|text| text.may_be_mute) || !self.model.sounds.iter().all(sent)
    }

    /// What the server still does for calls that nobody waits for ends, and its last act empties the write-ahead log.
    async fn the_server_has_ended(&self) -> Result<(), Broken> {
        let log = self.wire.folder().join("waymark.db-wal");
        for _ in 0..1_000 {
            if std::fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        broken(ERASED, "the server's write-ahead log does not become empty")
    }

    fn what_was_erased_is_gone(&self) -> Result<(), Broken> {
        let database = std::fs::read(self.wire.folder().join("waymark.db")).map_err(trouble)?;
        self.wire.tape(|tape| {
            let receipted: BTreeMap<_, Record> = tape
                .left
                .iter()
                .filter(|((device, seq, _), record)| {
                    // A phone that was set back may have given another record away for the same place, which never arrived.
                    let receipted = tape.receipted.get(&(*device, *seq));
                    receipted.is_some_and(|(header, _, _)| header == record.header_bytes())
                })
                .map(|(place, record)| (*place, record.clone()))
                .collect();
            let erased = erased(&receipted);
            for record in tape.left.values() {
                let granted = record.header().target.filter(|_| record.header().kind == Kind::Grant);
                let target = record.as_target();
                let secret = match granted {
                    Some(granted) if erased.contains(&granted) => record.slots_bytes(),
                    None if erased.contains(&target) => record.body(),
                    _ => continue,
                };
                let piece = &secret[secret.len() / 2..secret.len().min(secret.len() / 2 + 64)];
                if !piece.is_empty() && memchr::memmem::find(&database, piece).is_some() {
                    let place = format!("place {} of {}", target.seq, self.device_name(&target.device));
                    return broken(ERASED, format!("what was erased at {place} is still in the server's file"));
                }
            }
            Ok(())
        })
    }

    fn no_file_holds_what_was_written(&self) -> Result<(), Broken> {
        match find_in_files(self.folder.path(), CANARY.as_bytes()).map_err(trouble)? {
            Some(file) => broken(PRIVATE, format!("{file} holds what somebody wrote, in the clear")),
            None => Ok(()),
        }
    }

    fn device_name(&self, device: &DeviceId) -> String {
        let phone = self.phones.iter().find(|phone| phone.device() == Some(*device));
        phone.map_or_else(|| format!("device {}", &device.to_string()[..8]), Phone::name)
    }
}

/// Whether what was recorded on a phone is on its way to the server, or there.
fn sends(phone: &Phone) -> bool {
    phone.keeps_together() && !phone.ever_set_back
}

/// What an erasure among these records destroys: what it names, or all entries and notices before it in its own log.
fn erased(records: &BTreeMap<(DeviceId, u64, Hash), Record>) -> BTreeSet<Target> {
    let mut erased = BTreeSet::new();
    for erasure in records.values().map(Record::header).filter(|header| header.kind == Kind::Erase) {
        match erasure.target {
            Some(target) => {
                erased.insert(target);
            }
            None => erased.extend(
                records
                    .values()
                    .filter(|record| matches!(record.header().kind, Kind::Entry | Kind::Notice))
                    .filter(|record| record.header().device == erasure.device && record.header().seq < erasure.seq)
                    .map(Record::as_target),
            ),
        }
    }
    erased
}

/// The first file below a folder that holds these bytes.
fn find_in_files(folder: &Path, bytes: &[u8]) -> std::io::Result<Option<String>> {
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let found = match file.file_type()?.is_dir() {
            true => find_in_files(&file.path(), bytes)?,
            false => memchr::memmem::find(&std::fs::read(file.path())?, bytes)
                .map(|_| file.file_name().to_string_lossy().into_owned()),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
