//! Runs a schedule: every step, then a time without faults, then the checks.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::runtime::{Builder, Runtime};
use waymark_vault::simulation;

use crate::phone::Phone;
use crate::schedule::Schedule;
use crate::step::Step;
use crate::template::Template;
use crate::time::HOUR;
use crate::world::{Backup, Broken, World, broken, trouble};

/// Minutes between two steps.
const BETWEEN: u64 = 20 * 60 * 1000;

/// What everything runs on.
pub struct Simulation {
    runtime: Runtime,
    template: Template,
}

/// What came of a schedule in which everything held.
#[derive(Debug, Clone, Default)]
pub struct Ran {
    /// How often each act and each fault happened.
    pub happened: BTreeMap<&'static str, u64>,
    /// What happened, in words.
    pub story: Vec<String>,
}

/// What came of a schedule in which something did not hold.
#[derive(Debug, Clone)]
pub struct Failed {
    /// What.
    pub broken: Broken,
    /// What happened, in words.
    pub story: Vec<String>,
}

impl Simulation {
    /// Makes what every schedule begins with.
    pub fn new() -> Result<Self, String> {
        simulation::make_locks_quick();
        simulation::settle_chance(u64::MAX);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let template = runtime.block_on(Template::make())?;
        Ok(Self { runtime, template })
    }

    /// Runs a schedule.
    pub fn run(&self, schedule: &Schedule) -> Result<Ran, Box<Failed>> {
        simulation::settle_chance(schedule.seed);
        let mut story = Vec::new();
        let ran = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(run(&self.template, schedule, &mut story))));
        let broken = match ran {
            Ok(Ok(happened)) => return Ok(Ran { happened, story }),
            Ok(Err(broken)) => broken,
            Err(panic) => {
                let said = panic.downcast_ref::<String>().cloned();
                let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
                Broken { property: "nothing panics", says: said.unwrap_or_default() }
            }
        };
        Err(Box::new(Failed { broken, story }))
    }
}

async fn run(
    template: &Template,
    schedule: &Schedule,
    story: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, u64>, Broken> {
    let mut world = World::new(template, schedule.people).await?;
    let ended = live(&mut world, schedule).await;
    let mut happened = world.wire.happened();
    for act in &world.acts {
        *happened.entry(act).or_default() += 1;
    }
    for text in &world.model.texts {
        let choice = match text.choice {
            crate::model::Choice::Unsure => "revisions: either is right",
            crate::model::Choice::Shared => "revisions: with the study",
            _ => "revisions: nobody else's",
        };
        *happened.entry(choice).or_default() += 1;
    }
    *story = std::mem::take(&mut world.story);
    world.wire.stop_server();
    ended.map(|()| happened)
}

async fn live(world: &mut World, schedule: &Schedule) -> Result<(), Broken> {
    for step in &schedule.steps {
        world.time.pass(BETWEEN);
        for trouble in step.troubles() {
            world.tell(format!("(At call {} of what follows: {}.)", trouble.call + 1, trouble.fault.name()));
        }
        if world.step(step).await? {
            world.acts.push(step.name());
        }
        world.nothing_wrong_on_the_wire()?;
    }
    world.settle(schedule.hours_at_end).await?;
    world.check().await
}

impl World {
    /// Does a step; says whether there was anything to be done.
    async fn step(&mut self, step: &Step) -> Result<bool, Broken> {
        match step {
            Step::Wait { hours } => {
                self.time.pass(u64::from(*hours) * HOUR);
                self.tell(format!("{hours} hours pass."));
                Ok(true)
            }
            Step::Join { person, back_up, troubles } => {
                let waiting = |phone: &Phone| phone.person == *person as usize && phone.alive && !phone.joined;
                let joins = self.phones.iter().any(waiting);
                self.join(*person as usize, *back_up, troubles).await?;
                Ok(joins)
            }
            Step::Write { phone, share, crash, spoken } => self.write(*phone, *share, *crash, *spoken),
            Step::Edit { phone, entry, share } => self.edit(*phone, *entry, *share),
            Step::Share { phone, entry } => self.share(*phone, *entry),
            Step::KeepPrivate { phone, entry } => self.keep_private(*phone, *entry),
            Step::Withdraw { phone, entry } => self.withdraw(*phone, *entry),
            Step::Delete { phone, entry } => self.delete(*phone, *entry),
            Step::ChangeLock { phone } => self.change_lock(*phone),
            Step::Sync { phone, troubles } => {
                let id = self.pick_phone(*phone);
                self.sync(id, troubles).await?;
                Ok(self.phones[id].joined)
            }
            Step::Pull { troubles } => self.pull(troubles).await.map(|_| true),
            Step::Restore { person, lost, troubles } => self.restore(*person as usize, *lost, troubles).await,
            Step::Leave { phone, erase } => self.leave(*phone, *erase),
            Step::Stop { phone, troubles } => self.stop(*phone, troubles).await,
            Step::Publish => self.publish().await.map(|()| true),
            Step::CrashPhone { phone } => {
                let id = self.pick_phone(*phone);
                self.tell(format!("The process of {} ends.", self.phones[id].name()));
                self.crash_phone(id).map(|()| true)
            }
            Step::CopyPhone { phone } => {
                let id = self.pick_phone(*phone);
                let local = self.phones[id].must.iter().filter(|text| self.model.texts[**text].local);
                let alone = local.copied().collect();
                self.phones[id].put_copy_away(alone).map_err(trouble)?;
                self.tell(format!("A copy of the file of {} is put away.", self.phones[id].name()));
                Ok(true)
            }
            Step::OldCopy { phone } => self.old_copy(*phone).await,
            Step::JumpClock { phone, hours } => {
                let id = self.pick_phone(*phone);
                let jumps = self.phones[id].hours_off != *hours;
                self.phones[id].unsteady |= jumps;
                self.phones[id].hours_off = *hours;
                self.tell(format!("The clock of {} is now {hours} hours off.", self.phones[id].name()));
                Ok(jumps)
            }
            Step::KillServer => {
                self.wire.stop_server();
                self.wire.start_server().await.map_err(trouble)?;
                self.tell("The server's process ends and starts again.");
                Ok(true)
            }
            Step::BackUpServer => self.back_up_server().await.map(|()| true),
            Step::RestoreServer => self.restore_server().await,
        }
    }

    async fn old_copy(&mut self, phone: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        if self.phones[id].copy.is_none() {
            return Ok(false);
        }
        // Nothing is on its way for as long as it takes to bring back an old copy.
        self.wire.deliver_late().await;
        match self.phones[id].take_old_copy() {
            // What was chosen on it since may have been said to the server or not, and the copy may still hold what it held then.
            Ok(alone) => self.model.set_back(id, &alone),
            Err(error) => return broken("1: what was saved is there", error),
        }
        // What was deleted meanwhile goes from this phone too, as soon as it hears of it.
        let texts = &self.model.texts;
        self.phones[id].must.retain(|text| !texts[*text].deleted);
        self.tell(format!("An old copy takes the place of the file of {}.", self.phones[id].name()));
        Ok(true)
    }

    async fn back_up_server(&mut self) -> Result<(), Broken> {
        self.server_folders += 1;
        let folder = self.folder.path().join(format!("backup-{}", self.server_folders));
        self.wire.back_up(&folder).await.map_err(trouble)?;
        let joined = self.phones.iter().filter(|phone| phone.joined).map(|phone| phone.id).collect();
        let receipted = self.wire.tape(|tape| tape.receipted.clone());
        self.backup = Some(Backup { folder, joined, receipted });
        self.tell("The server makes a backup.");
        Ok(())
    }

    async fn restore_server(&mut self) -> Result<bool, Broken> {
        let Some(backup) = &self.backup else { return Ok(false) };
        // A phone that joined after the backup is not known to the server any more: see docs/decisions/0037.
        let known = |phone: &Phone| !phone.joined || !phone.alive || backup.joined.contains(&phone.id);
        if !self.phones.iter().all(known) {
            return Ok(false);
        }
        let (from, receipted) = (backup.folder.clone(), backup.receipted.clone());
        self.server_folders += 1;
        let folder = self.folder.path().join(format!("server-{}", self.server_folders));
        self.wire.restore_server(&from, folder).await.map_err(trouble)?;
        self.server_set_back = true;
        self.wire.tape(|tape| tape.receipted = receipted);
        // One that has left, or that nobody has any more, says nothing again.
        let silent = |phone: &Phone| !phone.keeps_together() || phone.set_back || phone.left;
        let phones = &self.phones;
        self.model.server_set_back(|id: usize| !silent(&phones[id]));
        self.tell("The server is restored from its backup.");
        Ok(true)
    }

    /// Whether nothing was seen on the way that must never be.
    pub fn nothing_wrong_on_the_wire(&self) -> Result<(), Broken> {
        match self.wire.tape(|tape| tape.wrong.pop()) {
            Some(wrong) => broken("2 and 5: the wire", wrong),
            None => Ok(()),
        }
    }
}
