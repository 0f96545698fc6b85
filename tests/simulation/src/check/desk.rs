//! The desk opens what it may, nothing else, and knows how much of it is here.

use std::collections::BTreeMap;

use waymark_desk::Desk;
use waymark_desk::account::{Account, Class};
use waymark_desk::collection::{Collection, PartId};
use waymark_desk::verify::verify;
use waymark_protocol::ParticipantId;
use waymark_protocol::attachment;
use waymark_protocol::content::Entry;
use waymark_protocol::proof::State;
use waymark_protocol::record::Kind;
use waymark_protocol::seal::{open_body, open_grant, open_with_study};

use super::phones::sends;
use crate::acts::short;
use crate::model::{Choice, Sound, TextId};
use crate::world::{Broken, World, broken, trouble};

const OPENED: &str = "4: the desk opens what was shared and not withdrawn";
pub(super) const PRIVATE: &str = "5: nothing private, held or taken back opens";
const COMPLETE: &str = "6: what the desk says of every device";

impl World {
    pub(super) fn the_desk_opens_what_was_shared(&self) -> Result<(), Broken> {
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
    pub(super) fn the_desk_hears(
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
    pub(super) fn nothing_that_left_a_phone_opens_unless_it_was_granted(&self) -> Result<(), Broken> {
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

    pub(super) fn the_desk_knows_what_is_complete(&self) -> Result<(), Broken> {
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
    pub(super) fn some_may_be_mute(&self) -> bool {
        let sent = |sound: &Sound| sound.safe || sends(&self.phones[sound.on]);
        self.model.texts.iter().any(|text| text.may_be_mute) || !self.model.sounds.iter().all(sent)
    }
}
