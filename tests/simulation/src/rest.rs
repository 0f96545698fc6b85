//! After the last fault: everything comes to rest without a person's help, and everybody carries on.

use waymark_diary::page::ErrorCode;

use crate::connections::told;
use crate::phone::Phone;
use crate::time::HOUR;
use crate::world::{Broken, World, broken};

/// After how many rounds it must be quiet.
const ROUNDS: u32 = 4;
const CONVERGE: &str = "3: all converge";

impl World {
    /// The last fault is over, and a connection stays: everything comes to rest without a person's help.
    pub async fn settle(&mut self, hours: u32) -> Result<(), Broken> {
        self.tell("From here on nothing goes wrong any more.");
        self.wire.deliver_late().await;
        self.time.pass(u64::from(hours) * HOUR);
        self.whoever_has_not_joined_does().await?;
        let mut rounds = 0;
        loop {
            self.time.pass(HOUR);
            let unrest = self.everybody_syncs().await?;
            let pulled = self.pull(&[]).await?;
            rounds += 1;
            match unrest {
                None if pulled.is_some() && rounds > 1 => return self.everybody_carries_on().await,
                Some(unrest) if rounds == ROUNDS => return broken("3: all converge", unrest),
                _ if rounds == ROUNDS => return broken("3: all converge", "the desk cannot pull"),
                _ => {}
            }
        }
    }

    /// Everybody syncs, one after the other; says what still stands in the way of one, or is still noticed.
    async fn everybody_syncs(&mut self) -> Result<Option<String>, Broken> {
        let mut unrest = None;
        for id in 0..self.phones.len() {
            if !self.phones[id].alive || !self.phones[id].joined {
                continue;
            }
            let outcome = self.sync(id, &[]).await?;
            let phone = &self.phones[id];
            let rightly = phone.diverged || phone.stopped;
            // What a phone took for lost because a reply was changed it does not ask for again, and goes on saying so.
            let known = |code: &ErrorCode| phone.incomplete && *code == ErrorCode::OtherPhoneMissing;
            if let Some(outcome) = outcome.filter(|_| !rightly)
                && (outcome.stopped.is_some() || !outcome.noticed.iter().all(known))
            {
                unrest = Some(format!("{} still says {}", self.phones[id].name(), told(&outcome)));
            }
        }
        Ok(unrest)
    }

    /// Nothing stands in the way of joining any more, but that the invitation may have expired meanwhile, or that the phone was set
    /// back behind its own joining.
    async fn whoever_has_not_joined_does(&mut self) -> Result<(), Broken> {
        for person in 0..self.people.len() {
            let theirs: Vec<&Phone> = self.phones.iter().filter(|phone| phone.person == person).collect();
            let [Phone { id, joined: false, alive: true, .. }] = theirs.as_slice() else { continue };
            let id = *id;
            let refused = self.join(person, true, &[]).await?;
            let rightly = match refused {
                Some(ErrorCode::InvitationExpired) => true,
                Some(ErrorCode::InvitationUsed) => self.phones[id].ever_set_back,
                _ => false,
            };
            if !self.phones[id].joined && !rightly {
                return broken(CONVERGE, format!("{} cannot join: {refused:?}", self.phones[id].name()));
            }
        }
        Ok(())
    }

    /// One more entry on each phone arrives, and a desk that nothing has been hidden from reads it without reading everything again.
    async fn everybody_carries_on(&mut self) -> Result<(), Broken> {
        let writing = |phone: &&Phone| phone.keeps_together() && phone.takes_part();
        let phones: Vec<usize> = self.phones.iter().filter(writing).map(|phone| phone.id).collect();
        let has_read = self.wire.tape(|tape| !tape.receipted.is_empty());
        for id in phones {
            self.write_on(id)?;
            let outcome = self.sync(id, &[]).await?;
            if outcome.is_none_or(|outcome| outcome.stopped.is_some()) {
                return broken(CONVERGE, format!("{} does not carry on", self.phones[id].name()));
            }
        }
        // What another phone wrote just now comes with the next sync.
        if let Some(unrest) = self.everybody_syncs().await? {
            return broken(CONVERGE, unrest);
        }
        let pulled = self.pull(&[]).await?;
        let honest = !self.server_set_back && !self.desk_misled && !self.phones.iter().any(|phone| phone.ever_set_back);
        if pulled.is_none() || (honest && has_read && self.wire.read_from_the_start()) {
            return broken(CONVERGE, "the desk does not read on from where it was");
        }
        self.nothing_wrong_on_the_wire()
    }
}
