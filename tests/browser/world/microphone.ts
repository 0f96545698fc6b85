/** A browser with a microphone that beeps, and somebody who allows it: `test.use(microphone)`. */
import type { PlaywrightWorkerOptions, WorkerFixture } from '@playwright/test';

const FLAGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

type Options = Pick<PlaywrightWorkerOptions, 'launchOptions'>;
const launch: WorkerFixture<Options['launchOptions'], PlaywrightWorkerOptions> = async ({ launchOptions }, use) =>
  use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...FLAGS] });

export const microphone: { launchOptions: [typeof launch, { scope: 'worker' }] } = {
  launchOptions: [launch, { scope: 'worker' }],
};
