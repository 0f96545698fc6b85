/**
 * Taking back one change of something that is edited on meanwhile: what the change took out comes back to its place, what it changed becomes
 * what it was unless it was changed again, and all that was done since stays.
 */

type Undo = () => void;

/** Carries a change out, and gives the way to take it back. */
export function undoable(owner: object, change: () => void): Undo {
  const look = remember(owner);
  change();
  const undos = look();
  return () => undos.forEach((undo) => undo());
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Notes how everything stands; asked later, gives the way back for each thing that is otherwise by then. */
function remember(owner: object): () => Undo[] {
  const values = owner as Record<string, unknown>;
  const looks = Object.entries(values).map(([key, value]) => {
    if (Array.isArray(value)) return rememberList(values, key, value);
    return isObject(value) ? remember(value) : rememberValue(values, key, value);
  });
  return () => looks.flatMap((look) => look());
}

function rememberValue(owner: Record<string, unknown>, key: string, value: unknown): () => Undo[] {
  return () => {
    const now = owner[key];
    if (now === value) return [];
    return [() => void (owner[key] === now && (owner[key] = value))];
  };
}

function rememberList(owner: Record<string, unknown>, key: string, list: unknown[]): () => Undo[] {
  const items = [...list];
  const looks = items.filter(isObject).map(remember);
  return () => {
    const now = (owner[key] ?? []) as unknown[];
    const gone = items.filter((item) => !now.includes(item));
    const undos = looks.flatMap((look) => look());
    if (gone.length === 0) return undos;
    return [...undos, () => putIn(owner, key, items, gone)];
  };
}

/** Puts each back behind what it stood behind. */
function putIn(owner: Record<string, unknown>, key: string, items: unknown[], gone: unknown[]): void {
  const now = [...((owner[key] ?? []) as unknown[])];
  for (const item of gone) {
    if (now.includes(item)) continue;
    const before = items
      .slice(0, items.indexOf(item))
      .filter((each) => now.includes(each))
      .at(-1);
    now.splice(before === undefined ? 0 : now.indexOf(before) + 1, 0, item);
  }
  owner[key] = now;
}
