import { describe, expect, it, vi } from 'vitest';
import { localeFiles } from './locale-files';

vi.stubGlobal('navigator', { language: 'en-GB', languages: ['en-GB'] });
vi.stubGlobal('fetch', localeFiles);
await import('../diary/words');
const { speak, t } = await import('../common/words/fluent');
const { errorSentence, errorText } = await import('../diary/state/errors');
const { comingMoment, dayName, duration, longDay, pastMoment, timeUntil } = await import('../common/words/time');

const now = new Date(2026, 10, 19, 14, 30);
const at = (days: number, hour: number, minute = 0) => new Date(2026, 10, 19 + days, hour, minute).toISOString();

describe('Spanish', () => {
  it('counts, and tells days and moments as its readers do', async () => {
    await speak('es');
    expect(t('sync-waiting', { count: 1 })).toBe('Una entrada espera una conexión.');
    expect(t('sync-waiting', { count: 3 })).toBe('3 entradas esperan una conexión.');
    expect(t('words-title')).toBe('Tus 24 palabras');
    expect(dayName('2026-11-17', now)).toBe('martes');
    expect(longDay('2026-11-19', now)).toBe('jueves, 19\u00a0de\u00a0noviembre');
    expect(pastMoment(at(0, 8), now)).toBe('esta mañana');
    expect(pastMoment(at(-1, 22), now)).toBe('ayer por la noche');
    expect(pastMoment(at(-2, 15), now)).toBe('el martes por la tarde');
    expect(t('today-held', { day: dayName('2026-11-17', now), when: timeUntil(at(2, 12, 30), now) })).toBe(
      'La entrada del martes va al estudio dentro de 46 horas.',
    );
    expect(comingMoment(new Date(at(2, 9)), now)).toBe('el sábado a las 9:00');
    expect(duration(168)).toBe('7 días');
  });
});

describe('Chinese', () => {
  it('counts, and tells days and moments as its readers do', async () => {
    await speak('zh-Hans');
    expect([1, 3].map((count) => t('sync-waiting', { count }))).toEqual(['1 篇日记在等网络。', '3 篇日记在等网络。']);
    expect(t('words-title')).toBe('你的 24 个词');
    expect(dayName('2026-11-18', now)).toBe('昨天');
    expect(longDay('2026-11-19', now)).toBe('11月19日星期四');
    expect(pastMoment(at(-1, 22), now)).toBe('昨天晚上');
    expect(pastMoment(at(-2, 15), now)).toBe('星期二下午');
    expect(t('today-held-today', { when: timeUntil(at(2, 12, 30), now) })).toBe('今天的日记46小时后发给研究。');
    expect(comingMoment(new Date(at(2, 9)), now)).toBe('星期六 9:00');
    expect(duration(168)).toBe('7天');
  });
});

describe.each(['es', 'zh-Hans'])('%s', (language) => {
  it('has two sentences or more for each error', async () => {
    await speak(language);
    for (const code of Object.keys(errorText) as (keyof typeof errorText)[]) {
      expect(errorSentence(code).match(/[.!?](\s|$)|[。！？]/g)?.length, code).toBeGreaterThanOrEqual(2);
    }
  });
});
