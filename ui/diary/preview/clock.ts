/** The clock of a phone that is on another day: the page's goes with that of its host. */

const DAY = 86_400_000;

/** From now on it is so many days later. */
export function moveClock(days: number): void {
  if (days === 0) return;
  globalThis.Date = new Proxy(Date, {
    construct: (real, given, made) =>
      Reflect.construct(real, given.length === 0 ? [real.now() + days * DAY] : given, made) as Date,
    get: (real, name) => (name === 'now' ? () => real.now() + days * DAY : Reflect.get(real, name)),
  });
}
