import { FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../common/generated/diary';
import { errorSentence, errorText } from '../common/words/errors';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const under = (folder: string, end: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .map((file) => join(folder, file));

const ftl = read('common/locales/en/diary.ftl');
const defined = new FluentResource(ftl).body.map((message) => message.id);
const sources = [...under('diary', '.svelte'), ...under('diary', '.ts'), ...under('common/words', '.ts')];
const code = sources.map(read).join('\n');

describe('errors', () => {
  const codes = [...read('common/generated/diary.ts').matchAll(/export type ErrorCode =([^;]+);/g)]
    .flatMap((match) => [...match[1]!.matchAll(/"([a-z-]+)"/g)])
    .map((match) => match[1] as ErrorCode);

  it('have a sentence for every code that a host may give', () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(Object.keys(errorText).sort()).toEqual([...codes].sort());
  });

  it('say what happened, what is safe and what to do: at least two sentences each', () => {
    for (const each of codes) expect(errorSentence(each).match(/[.!?](\s|$)/g)?.length, each).toBeGreaterThanOrEqual(2);
  });

  it('that are not known are told as one of ours', () => {
    expect(errorSentence('of-tomorrow' as ErrorCode)).toBe(errorSentence('internal'));
  });

  it('of the lock name the lock that there is', () => {
    expect(errorSentence('wrong-passphrase', 'pin')).toContain('PIN');
    expect(errorSentence('wrong-passphrase', 'passphrase')).toContain('passphrase');
  });
});

describe('Fluent', () => {
  it('has no broken message and no message twice', () => {
    const written = [...ftl.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((match) => match[1]);
    expect(defined).toEqual(written);
    expect(new Set(defined).size).toBe(defined.length);
  });

  it('defines every message that is used', () => {
    const used = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((id) => !defined.includes(id))).toEqual([]);
  });

  it('uses every message that is defined', () => {
    expect(defined.filter((id) => !code.includes(`'${id}'`))).toEqual([]);
  });

  it('has none of the words that we never use', () => {
    const never = /\b(submit|error occurred|invalid|failed to|please|oops)\b/i;
    const lines = ftl.split('\n').filter((line) => !line.startsWith('#'));
    expect(lines.filter((line) => never.test(line))).toEqual([]);
  });
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

  it.each(under('diary', '.svelte'))('%s has no words of its own', (file) => {
    expect(inComponent(read(file))).toEqual([]);
  });

  it.each(under('diary', '.svelte'))('%s has no style attribute, which the policy forbids', (file) => {
    expect(read(file)).not.toMatch(/\sstyle(:[a-z-]+)?=/);
  });
});

describe('Tauri', () => {
  it('is known to one folder alone', () => {
    const files = [...under('diary', '.ts'), ...under('diary', '.svelte'), ...under('common', '.ts')];
    const knowing = files
      .filter((file) => read(file).includes('@tauri-apps'))
      .map((file) => file.replaceAll('\\', '/'));
    expect(knowing).toEqual(['common/host/tauri.ts']);
  });
});
