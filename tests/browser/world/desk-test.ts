/** `test` with a study that has been collected from, and its desk open in the page. */
import { DeskPage } from './desk';
import { Study } from './study';
import { complained, complaints, test as base } from './test';

/**
 * `lived`: what happens in the study, which holds nothing, before the first test. `expected`: what the page may complain about. The desk is
 * as the test before has left it.
 */
export const testAtDesk = (lived: (study: Study) => Promise<void>, expected?: RegExp) =>
  base.extend<{ desk: DeskPage }, { study: Study }>({
    study: [
      async ({}, use) => {
        const study = await Study.begin('0h');
        await lived(study);
        await use(study);
        await study.end();
      },
      { scope: 'worker' },
    ],
    desk: async ({ page, study }, use) => {
      const wrong = await complaints(page);
      const desk = await DeskPage.open(page, study);
      await desk.unlock();
      await desk.sees(desk.say('overview-title'));
      await desk.collected();
      await use(desk);
      await desk.end();
      const unexpected = wrong.filter((each) => !expected?.test(each));
      if (unexpected.length > 0) throw new Error(complained(unexpected));
    },
  });
