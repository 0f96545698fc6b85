/** A microphone that nobody allows, or that is not there: a sentence says so, and writing goes on. */
import { expect, test } from '../world/test';

// There is one, so that a refusal is one. Without a person to ask, the browser refuses.
test.use({
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream'] }),
    { scope: 'worker' },
  ],
});

test('a refused microphone is told in a sentence, leaves no note, and the words go on', async ({ phone }) => {
  const { page } = phone;
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  await phone.tap('Later');
  await phone.seesToday();
  await phone.tap('Write');
  await phone.tap('Say it');
  await expect(page.getByRole('alert')).toContainText('The app may not use the microphone. You can go on writing.');
  await phone.paper.fill('Then in words.');
  await phone.isSaved();
  await expect(page.getByRole('group', { name: /^Voice note/ })).toHaveCount(0);
  await phone.tap('Done');
  await phone.seesToday();
  await phone.go('Diary');
  await expect(page.getByText('Then in words.')).toBeVisible();
});

for (const [name, sentence] of [
  ['NotFoundError', 'There is no microphone here.'],
  ['NotReadableError', 'Something else is using the microphone.'],
]) {
  test(`a microphone that answers ${name} is told in a sentence`, async ({ phone }) => {
    const { page } = phone;
    await phone.tap(/Start a private diary/);
    await phone.chooseLock();
    await phone.tap('Later');
    await phone.seesToday();
    await page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
    }, name);
    await phone.tap('Write');
    await phone.tap('Say it');
    await expect(page.getByRole('alert')).toContainText(sentence!);
    await expect(phone.button('Say it')).toBeVisible();
  });
}

test('where nothing can be recorded, nothing offers it', async ({ page, phone }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'MediaRecorder'));
  await phone.open();
  await phone.tap(/Start a private diary/);
  await phone.chooseLock();
  await phone.tap('Later');
  await phone.seesToday();
  await phone.tap('Write');
  await expect(phone.paper).toBeVisible();
  await expect(phone.button('Say it')).toHaveCount(0);
});
