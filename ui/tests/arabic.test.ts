import { beforeAll, describe, expect, it, vi } from 'vitest';
import { localeFiles } from './locale-files';

vi.stubGlobal('navigator', { language: 'en-GB', languages: ['en-GB', 'ar-EG'] });
vi.stubGlobal('fetch', localeFiles);
await import('../diary/words');
const { isolate, speak, t } = await import('../common/words/fluent');
const { spoken } = await import('../common/words/spoken.svelte');
const { errorSentence, errorText } = await import('../diary/state/errors');
const { listOf, numeral } = await import('../common/words/numbers');
const { comingMoment, dayName, duration, longDay, pastMoment, timeUntil } = await import('../common/words/time');

const now = new Date(2026, 10, 19, 14, 30);
const at = (days: number, hour: number, minute = 0) => new Date(2026, 10, 19 + days, hour, minute).toISOString();

beforeAll(() => speak('ar'));

describe('Arabic', () => {
  it('has six plural forms', () => {
    const waiting = [0, 1, 2, 3, 11, 100].map((count) => t('sync-waiting', { count }));
    expect(waiting).toEqual([
      'لا تدوينات تنتظر الاتصال.',
      'تدوينة واحدة تنتظر الاتصال.',
      'تدوينتان تنتظران الاتصال.',
      '٣ تدوينات تنتظر الاتصال.',
      '١١ تدوينة تنتظر الاتصال.',
      '١٠٠ تدوينة تنتظر الاتصال.',
    ]);
  });

  it('tells days and moments in its own words, and in the digits of the person’s region', () => {
    expect(dayName('2026-11-19', now)).toBe('اليوم');
    expect(dayName('2026-11-18', now)).toBe('أمس');
    expect(dayName('2026-11-17', now)).toBe('الثلاثاء');
    expect(longDay('2026-11-19', now)).toBe('الخميس، ١٩\u00a0نوفمبر');
    expect(pastMoment(at(-1, 22), now)).toBe('أمس مساءً');
    expect(pastMoment(at(-2, 15), now)).toBe('الثلاثاء بعد الظهر');
    expect(timeUntil(at(0, 16, 30), now)).toBe('بعد ساعتين');
    expect(timeUntil(at(2, 12, 30), now)).toBe('بعد ٤٦ ساعة');
    expect(comingMoment(new Date(at(2, 9)), now)).toMatch(/^يوم السبت الساعة ٩:٠٠/);
    expect(duration(48)).toBe('٤٨ ساعة');
    expect(duration(168)).toBe('٧ أيام');
  });

  it('writes numbers and lists as its readers do, with other people’s words set apart', () => {
    expect(t('words-title')).toBe('كلماتك الـ٢٤');
    expect(numeral(24)).toBe('٢٤');
    expect(listOf(['doors', 'بيت'])).toBe(`${isolate('doors')}، ${isolate('بيت')}`);
  });

  it('has two sentences or more for each error', () => {
    for (const code of Object.keys(errorText) as (keyof typeof errorText)[]) {
      expect(errorSentence(code).match(/[.!؟](\s|$)/g)?.length, code).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('a language', () => {
  it('that lacks a message says it in English, set apart', () => {
    const own = spoken.bundles;
    spoken.bundles = [{ getMessage: () => undefined } as unknown as (typeof own)[0], own[1]!];
    expect(t('nav-today')).toBe(isolate('Today'));
    spoken.bundles = own;
  });

  it('that nobody has a message in is a mistake of ours', () => {
    expect(() => t('no-such-message')).toThrow('no-such-message');
  });

  it('whose words cannot be read leaves the page in the one before', async () => {
    await speak('ar');
    for (const answer of [() => Promise.reject(new Error('gone')), async () => new Response('', { status: 404 })]) {
      vi.stubGlobal('fetch', answer);
      await speak('es');
      expect(spoken.language.tag).toBe('ar');
      expect(t('nav-today')).toBe('اليوم');
    }
    vi.stubGlobal('fetch', localeFiles);
  });

  it('that was asked for last is the one that stays', async () => {
    await Promise.all([speak('en'), speak('ar')]);
    expect(spoken.language.tag).toBe('ar');
    await Promise.all([speak('ar'), speak('en')]);
    expect(spoken.language.tag).toBe('en');
    expect(t('nav-today')).toBe('Today');
    await speak(null);
    expect(spoken.language.tag).toBe('en');
  });
});
