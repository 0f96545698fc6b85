/** What a file's name says of the interview in it: `P01_T2_2026-05-04.docx`. It is proposed, and a person looks at it. */

/** What is said of an interview, as it is typed. */
export interface Said {
  participant: string;
  time_point: string;
  day: string;
  title: string;
}

/** What of it a name says, where it says it. */
export function saidBy(name: string, participants: readonly string[], timePoints: readonly string[]): Said {
  return {
    participant: namedIn(name, participants),
    time_point: namedIn(name, timePoints),
    day: dayIn(name),
    title: '',
  };
}

/** Whether a name says of somebody that it is theirs: of one of these, of several, or of one who is called as they are, as P07 where there is P01. */
export function namesSomebody(name: string, participants: readonly string[]): boolean {
  const patterns = participants.map(pattern).filter((each) => each.includes('0'));
  return allNamedIn(name, participants).length > 0 || allNamedIn(pattern(name), patterns).length > 0;
}

/** The one of these that stands in the name as a word of its own; none where two do. */
function namedIn(name: string, those: readonly string[]): string {
  const found = allNamedIn(name, those);
  return found.length === 1 ? found[0]! : '';
}

/** What stays of words when all numbers are alike. */
const pattern = (words: string): string => words.replace(/\p{N}+/gu, '0');

function allNamedIn(name: string, those: readonly string[]): string[] {
  const folded = name.normalize('NFC').toLowerCase();
  return those.filter((each) => {
    const word = each.normalize('NFC').toLowerCase();
    for (let at = folded.indexOf(word); word !== '' && at !== -1; at = folded.indexOf(word, at + 1)) {
      const [before, after] = [folded.slice(0, at), folded.slice(at + word.length)];
      if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
    }
    return false;
  });
}

/** A day with its year first, which is the only way of writing one that cannot be read in two ways. */
function dayIn(name: string): string {
  const [, year, month, day] = /(?:^|[^0-9])([0-9]{4})[-_. ]?([0-9]{2})[-_. ]?([0-9]{2})(?![0-9])/.exec(name) ?? [];
  const date = `${year}-${month}-${day}`;
  const read = new Date(`${date}T00:00:00Z`);
  const is = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
  return is && year! >= '1950' && year! <= '2100' ? date : '';
}
