/**
 * That somebody is at a phone in a frame, whatever it shows. The diary's page says that of an open diary alone, and a preview that nobody
 * is at ends.
 */

/** How often it is told, at the most. */
const EVERY = 5_000;
const ACTS = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'timeupdate'];

/** From now on `tell` hears of it. */
export function tellWhenSeen(tell: () => void, at: EventTarget = window): void {
  let told = -EVERY;
  const seen = (event: Event) => {
    // What moves beneath a pointer that lies still is nobody.
    const { type, movementX, movementY } = event as PointerEvent;
    const now = performance.now();
    if ((type === 'pointermove' && !movementX && !movementY) || now - told < EVERY) return;
    told = now;
    tell();
  };
  for (const act of ACTS) at.addEventListener(act, seen, { passive: true, capture: true });
}
