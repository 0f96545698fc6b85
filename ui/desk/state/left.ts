/** That nobody is there any more, where the host cannot see it: it watches over an open desk alone. */

/** By what it is seen that somebody is there: whoever listens is. */
export const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'timeupdate'];

const LOOK_EVERY = 5_000;

/** Calls `then` once nobody has been there for so many minutes. Gives the way to wait no more. */
export function whenLeft(minutes: number, then: () => void, at: EventTarget = window): () => void {
  const after = minutes * 60_000;
  // By a clock that nobody can set, and by one that goes on while the machine sleeps.
  const now = () => [performance.now(), Date.now()] as const;
  let touched = now();
  const look = (somebody: boolean) => {
    const current = now();
    if (current.some((each, i) => each - touched[i]! >= after)) {
      stop();
      then();
    } else if (somebody) {
      touched = current;
    }
  };
  // Whoever wakes a machine that slept for long may be somebody else.
  const seen = () => look(true);
  const timer = setInterval(() => look(false), LOOK_EVERY);
  for (const kind of TOUCHES) at.addEventListener(kind, seen, { passive: true, capture: true });
  function stop() {
    clearInterval(timer);
    for (const kind of TOUCHES) at.removeEventListener(kind, seen, { capture: true });
  }
  return stop;
}
