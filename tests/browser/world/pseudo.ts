/**
 * A language that nobody speaks, made from English: every letter carries a mark, every message stands in brackets and is 40 % longer.
 * What is on a screen without them did not come from a Fluent file. Variables and the numbers of plural forms are kept.
 */

/** `[Ãddïng ẋẋẋ]`, of `Adding`. */
const OPEN = '⟦';
const CLOSE = '⟧';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = 'ȧḃċḋḗƒġħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦḂĊḊḖƑĠĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ';
const marked = new Map([...PLAIN].map((letter, place) => [letter, [...MARKED][place]!]));

/** Words of marks alone, as long as 40 % of the text. */
function padding(length: number): string {
  const words: string[] = [];
  for (let left = Math.ceil(length * 0.4); left > 0; left -= 6) words.push('ẋ'.repeat(Math.min(left, 6)));
  return words.join(' ');
}

/** A pattern with its variables, as it stands in the file. */
function pseudoText(text: string): string {
  const pieces = text.trim().split(/(\{[^}]*\})/);
  const length = pieces.filter((piece) => !piece.startsWith('{')).join('').length;
  const letters = pieces.map((piece) =>
    piece.startsWith('{') ? piece : [...piece].map((letter) => marked.get(letter) ?? letter).join(''),
  );
  return `${OPEN}${letters.join('')} ${padding(length)}${CLOSE}`;
}

/** A Fluent file in the language that nobody speaks. */
export function pseudo(english: string): string {
  return english
    .split('\n')
    .map((line) => {
      const message = /^([a-z][a-z0-9-]*) = (?!\{ \$\w+ ->$)(.+)$/.exec(line);
      if (message) return `${message[1]} = ${pseudoText(message[2]!)}`;
      const variant = /^(\s*\*?\[[^\]]+\] )(.+)$/.exec(line);
      if (variant) return variant[1] + pseudoText(variant[2]!);
      return line;
    })
    .join('\n');
}

/** What is left of a text when everything is taken out that came through Fluent, or from Intl, or from a person. */
export function strangers(text: string, known: ReadonlySet<string>): string[] {
  const ours = text
    // Somebody's words inside one of our sentences.
    .replace(/\u2068[^\u2069]*\u2069/g, ' ');
  const words = ours.match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? [];
  const isMarked = (word: string) => [...word].some((letter) => MARKED.includes(letter)) && !/[a-zA-Z]{2}/.test(word);
  return words.filter((word) => !isMarked(word) && !known.has(word.toLowerCase()));
}

/** Every word that the browser's own dates, numbers and lists are made of in a language. */
export function wordsOfIntl(locale: string): Set<string> {
  const texts: string[] = [];
  const day = (form: Intl.DateTimeFormatOptions, date: Date) =>
    texts.push(new Intl.DateTimeFormat(locale, form).format(date));
  for (let month = 0; month < 12; month += 1) {
    day({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, new Date(2026, month, 1));
    day({ month: 'long', year: 'numeric' }, new Date(2026, month, 1));
  }
  for (let date = 1; date < 8; date += 1)
    for (const weekday of ['long', 'short', 'narrow'] as const) day({ weekday }, new Date(2026, 5, date));
  for (const hour of [9, 21]) day({ hour: 'numeric', minute: '2-digit' }, new Date(2026, 0, 1, hour));
  for (const unit of ['second', 'minute', 'hour', 'day'] as const)
    for (const amount of [1, 2]) {
      texts.push(new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(amount, unit));
      texts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(amount));
    }
  return new Set(texts.flatMap((text) => text.toLowerCase().match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? []));
}
