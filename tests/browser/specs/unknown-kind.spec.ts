import { Study } from '../world/study';
import { expect, test } from '../world/test';

test('a kind of question that this version does not know is asked in words, answered, and reaches the study', async ({
  phone,
}) => {
  const study = await Study.begin('0h', (file) => file.replace('kind = "text"', 'kind = "photograph"'));
  try {
    await phone.join((await study.invite('P-photograph')).link);
    await phone.tap('Write');
    await phone.sees('What stays with you from today?');
    await phone.paper.fill('A door, half open.');
    await phone.isSaved();
    await phone.crashAndRestart();
    await phone.unlock();
    await expect(phone.paper).toHaveValue('A door, half open.');
    while (!(await phone.button('Done').isVisible())) await phone.tap(/^(Next|Skip)$/);
    await phone.tap('Done');
    await phone.choose('Me and the study');
    await phone.tap('Done');
    await phone.seesToday();
    await expect(phone.page.getByText('Everything that should be there by now has arrived.')).toBeVisible();
    const { words } = await study.collect();
    expect(words).toContain('A door, half open.');
    expect(words).toContain('What stays with you from today?');
  } finally {
    await study.end();
  }
});
