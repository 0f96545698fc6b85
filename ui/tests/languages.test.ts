import { FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageFor, languages, regionFor } from '../common/words/languages';

const locales = join(import.meta.dirname, '../common/locales');
const wordsOf = (tag: string) => new FluentResource(readFileSync(join(locales, tag, 'diary.ftl'), 'utf8')).body;

type Message = ReturnType<typeof wordsOf>[number];

/** Everything inside a message, at any depth. */
function parts(message: Message): unknown[] {
  const found: unknown[] = [];
  const visit = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      found.push(node);
      // How a part is called is no word of it.
      Object.entries(node).forEach(([key, value]) => key !== 'type' && visit(value));
    } else if (typeof node === 'string') found.push(node);
  };
  visit(message.value);
  return found;
}

const isOf = <T>(part: unknown, type: string): part is T => (part as { type?: string }).type === type;

function variables(message: Message): string[] {
  const named = parts(message).filter((part) => isOf<{ name: string }>(part, 'var'));
  return [...new Set(named.map((part) => part.name))].sort();
}

interface Select {
  selector: { type: string; name: string };
  variants: { key: { type: string; value: string | number }; value: unknown }[];
}
const selects = (message: Message) => parts(message).filter((part) => isOf<Select>(part, 'select'));
const keys = (select: Select) => select.variants.map((variant) => String(variant.key.value));

const english = new Map(wordsOf('en').map((message) => [message.id, message]));

it('each language that the page names has its words, and each folder of words is named', () => {
  expect(readdirSync(locales).sort()).toEqual(languages.map((language) => language.tag).sort());
});

it('each language but English is one that the diary brings', () => {
  const brought = readFileSync(join(import.meta.dirname, '../diary/words.ts'), 'utf8');
  const lacking = languages.filter(({ tag }) => tag !== 'en' && !brought.includes(`locales/${tag}/diary.ftl?url`));
  expect(lacking).toEqual([]);
});

describe.each(languages.filter(({ tag }) => tag !== 'en'))('$tag', ({ tag, direction }) => {
  const messages = new Map(wordsOf(tag).map((message) => [message.id, message]));
  const both = [...english.values()].filter((message) => messages.has(message.id));

  it('has every message of English: what is missing is listed here', () => {
    expect([...english.keys()].filter((id) => !messages.has(id))).toEqual([]);
  });

  it('has no message that English has not: what is left over is listed here', () => {
    expect([...messages.keys()].filter((id) => !english.has(id))).toEqual([]);
  });

  it('has its messages in the order of English, each once, none of them broken', () => {
    const text = readFileSync(join(locales, tag, 'diary.ftl'), 'utf8');
    const written = [...text.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((match) => match[1]);
    expect([...messages.keys()]).toEqual(written);
    expect(both.map((message) => message.id)).toEqual([...messages.keys()].filter((id) => english.has(id)));
  });

  it('uses the same variables in each of them', () => {
    const differ = both
      .map(({ id }) => ({ id, here: variables(messages.get(id)!), english: variables(english.get(id)!) }))
      .filter((each) => each.here.join() !== each.english.join());
    expect(differ).toEqual([]);
  });

  it('has all of its plural forms where English has two, and the same answers elsewhere', () => {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const lacking = both.flatMap(({ id }) => {
      const plural = selects(english.get(id)!).some((select) => keys(select).includes('one'));
      const asked = plural ? forms : selects(english.get(id)!).flatMap(keys);
      const there = selects(messages.get(id)!).flatMap(keys);
      return asked.filter((form) => !there.includes(form)).map((form) => `${id}: ${form}`);
    });
    expect(lacking).toEqual([]);
  });

  it('has no English left where letters differ', () => {
    if (direction !== 'rtl') return;
    const unlike = both
      .filter(
        ({ id }) =>
          !parts(messages.get(id)!).some((part) => typeof part === 'string' && /\p{Script=Arabic}/u.test(part)),
      )
      .filter(({ id }) => parts(english.get(id)!).some((part) => typeof part === 'string' && /[a-z]{2}/i.test(part)))
      .filter(({ id }) => variables(english.get(id)!).length < 2);
    expect(unlike.map(({ id }) => id)).toEqual([]);
  });

  it('leaves every number to the digits of the region', () => {
    const literal = [...messages.values()].filter((message) =>
      // Plural forms are named by letters and by numbers; those are keys, not words.
      parts(message).some((part) => typeof part === 'string' && !/^[a-z-]+$/.test(part) && /\p{Nd}/u.test(part)),
    );
    expect(literal.map((message) => message.id)).toEqual([]);
  });
});

describe('the language', () => {
  it('is the chosen one, else the first of the phone that the page has, else English', () => {
    expect(languageFor('ar', ['en-GB']).tag).toBe('ar');
    expect(languageFor(null, ['gd', 'ar-EG', 'en']).tag).toBe('ar');
    expect(languageFor(null, ['gd']).tag).toBe('en');
    expect(languageFor('xx', ['ar']).tag).toBe('ar');
    expect(languageFor(null, ['not a tag', 'es-MX']).tag).toBe('es');
  });

  it('is one that its reader can read: Chinese in the letters of the region', () => {
    for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans', 'zh-Hans-HK'])
      expect(languageFor(null, [tag]).tag).toBe('zh-Hans');
    for (const tag of ['zh-TW', 'zh-HK', 'zh-Hant']) expect(languageFor(null, [tag, 'es']).tag).toBe('es');
  });

  it('is written with the person’s own region where that is of the same letters', () => {
    expect(regionFor(languageFor('zh-Hans', []), ['zh-TW', 'zh-SG'])).toBe('zh-SG-u-ca-gregory');
    expect(regionFor(languageFor('es', []), ['en-GB', 'es-AR'])).toBe('es-AR-u-ca-gregory');
  });

  it('is written as the person’s region writes it, in the calendar in which days are kept', () => {
    const arabic = languageFor('ar', []);
    expect(regionFor(arabic, ['en-GB', 'ar-EG'])).toBe('ar-EG-u-ca-gregory');
    expect(regionFor(arabic, ['en-GB'])).toBe('ar-u-ca-gregory');
    expect(new Intl.DateTimeFormat(regionFor(arabic, ['ar-SA-u-ca-islamic'])).resolvedOptions().calendar).toBe(
      'gregory',
    );
  });
});
