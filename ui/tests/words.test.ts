import { FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { beforeAll, describe, expect, it } from 'vitest';
import { bringWords } from '../common/words/fluent';
import * as desk from '../desk/state/errors';
import * as diary from '../diary/state/errors';
import { deskWords } from './desk-words';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const under = (folder: string, end: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .map((file) => join(folder, file));

const components = ['common/parts', 'desk', 'diary'].flatMap((folder) => under(folder, '.svelte'));

describe.each(['diary', 'desk'] as const)('the words of the %s', (page) => {
  const { errorSentence, errorText } = (page === 'diary' ? diary : desk) as {
    errorSentence: (code: string) => string;
    errorText: Record<string, string>;
  };
  const ftl = page === 'desk' ? deskWords() : read(`common/locales/en/${page}.ftl`);
  const defined = new FluentResource(ftl).body.map((message) => message.id);
  const code = [...under(page, '.svelte'), ...under(page, '.ts'), ...under('common/words', '.ts')].map(read).join('\n');
  // A page need not have every part that both may use.
  const parts = [...code.matchAll(/common\/parts\/(\w+\.svelte)/g)].map((match) => read(`common/parts/${match[1]}`));
  const all = [code, ...parts].join('\n');

  beforeAll(() => bringWords(ftl));

  describe('errors', () => {
    const codes = [...read(`common/generated/${page}.ts`).matchAll(/export type ErrorCode =([^;]+);/g)]
      .flatMap((match) => [...match[1]!.matchAll(/"([a-z-]+)"/g)])
      .map((match) => match[1]!);

    it('have a sentence for every code that a host may give', () => {
      expect(codes.length).toBeGreaterThan(15);
      expect(Object.keys(errorText).sort()).toEqual([...codes].sort());
    });

    it('say what happened, what is safe and what to do: at least two sentences each', () => {
      for (const each of codes)
        expect(errorSentence(each).match(/[.!?](\s|$)/g)?.length, each).toBeGreaterThanOrEqual(2);
    });

    it('that are not known are told as one of ours', () => {
      expect(errorSentence('of-tomorrow')).toBe(errorSentence('internal'));
    });
  });

  it('have no broken message and no message twice', () => {
    const written = [...ftl.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((match) => match[1]);
    expect(defined).toEqual(written);
    expect(new Set(defined).size).toBe(defined.length);
  });

  it('are there for every message that is used', () => {
    const used = [...all.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(80);
    expect(used.filter((id) => !defined.includes(id))).toEqual([]);
  });

  it('are all used', () => {
    expect(defined.filter((id) => !all.includes(`'${id}'`))).toEqual([]);
  });

  it('have none of the words that we never use', () => {
    const never = /\b(submit|error occurred|invalid|failed to|please|oops)\b/i;
    const lines = ftl.split('\n').filter((line) => !line.startsWith('#'));
    expect(lines.filter((line) => never.test(line))).toEqual([]);
  });
});

it('the desk’s first screens find all their words in the file that comes with them', () => {
  const files = new Set<string>();
  const follow = (file: string) => {
    if (files.has(file) || !/\.(ts|svelte)$/.test(file)) return;
    files.add(file);
    // What is read by `import()` comes later, and a type is no code.
    for (const [, from] of read(file).matchAll(/^\s*import\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'(\.[^']+)'/gm)) {
      const path = join(dirname(file), from!);
      const found = [path, `${path}.ts`, `${path}.svelte.ts`].find((each) => isFile(join(root, each)));
      if (found !== undefined) follow(found);
    }
  };
  follow('desk/start.ts');
  expect(files.size).toBeGreaterThan(30);
  expect(files).not.toContain(join('desk', 'screens', 'later.ts'));
  const first = new FluentResource(read('common/locales/en/desk.ftl')).body.map(({ id }) => id);
  const all = new FluentResource(deskWords()).body.map(({ id }) => id);
  const code = [...files].map(read).join('\n');
  expect(all.filter((id) => code.includes(`'${id}'`) && !first.includes(id))).toEqual([]);
});

it('the diary’s error of the lock names the lock that there is', () => {
  bringWords(read('common/locales/en/diary.ftl'));
  expect(diary.errorSentence('wrong-passphrase', 'pin')).toContain('PIN');
  expect(diary.errorSentence('wrong-passphrase', 'passphrase')).toContain('passphrase');
});

describe('a component', () => {
  const SHOWN = ['aria-label', 'title', 'placeholder', 'alt', 'label', 'aria-description', 'text', 'more'];

  function literals(node: unknown, found: string[] = []): string[] {
    if (Array.isArray(node)) node.forEach((each) => literals(each, found));
    else if (typeof node === 'object' && node !== null) {
      const { type } = node as { type?: string };
      if (type === 'Text' && /\p{L}/u.test((node as AST.Text).data)) found.push((node as AST.Text).data.trim());
      for (const [key, value] of Object.entries(node)) {
        if (type === 'Attribute') continue;
        if (key !== 'parent') literals(value, found);
      }
      if (type === 'Attribute' && SHOWN.includes((node as AST.Attribute).name)) {
        literals((node as AST.Attribute).value, found);
      }
    }
    return found;
  }

  const inComponent = (source: string) => literals(parse(source, { modern: true }).fragment);

  it('is found out when it has words of its own', () => {
    expect(inComponent('<p>Hello</p>')).toEqual(['Hello']);
    expect(inComponent('{#if a}<b title="Hi">{t("x")}</b>{/if}')).toEqual(['Hi']);
    expect(inComponent('<p class="soft">{t("x")} · </p>')).toEqual([]);
  });

  it.each(components)('%s has no words of its own', (file) => {
    expect(inComponent(read(file))).toEqual([]);
  });

  it.each(components)('%s has no style attribute, which the policy forbids', (file) => {
    expect(read(file)).not.toMatch(/\sstyle(:[a-z-]+)?=/);
  });
});

describe('Tauri', () => {
  it('is known to one folder alone', () => {
    const files = ['common', 'desk', 'diary'].flatMap((folder) => [
      ...under(folder, '.ts'),
      ...under(folder, '.svelte'),
    ]);
    const knowing = files
      .filter((file) => read(file).includes('@tauri-apps'))
      .map((file) => file.replaceAll('\\', '/'));
    expect(knowing).toEqual(['common/host/tauri.ts']);
  });
});
