/**
 * Where the person is. The path lives in memory alone: the address never names a screen or an entry. Each step is also
 * a step of the browser's history, so that the phone's back button works.
 */

/** What is asked before a screen is left; no is an answer. */
export type Guard = () => Promise<boolean>;

export class Router<Screen> {
  #path: Screen[] = $state.raw([]);
  /** Whether the browser is on its way along its history because of us: it gets there later, and the path may have changed by then. */
  #walking = false;
  #over = false;
  #guards: Guard[] = [];
  #covers: (() => void)[] = [];

  /** A way back is about to be gone that was asked for. */
  onBack = (): void => undefined;

  constructor(first: Screen) {
    this.#path = [first];
    history.replaceState(0, '');
    // Each screen knows itself where it begins; the browser would remember places of other screens.
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => {
      if (history.state === null) {
        // No step back: an invitation has come by the address.
        history.replaceState(this.#end, '');
      } else if (this.#walking) {
        this.#walking = false;
        this.#follow();
      } else if (depth() < this.#end) {
        this.#wentBack();
      }
    });
  }

  get screen(): Screen {
    return this.#path[this.#path.length - 1]!;
  }

  /** Whether there is a screen to go back to. */
  get deep(): boolean {
    return this.#path.length > 1;
  }

  /** One step further; back leads here. */
  go(screen: Screen): void {
    this.#path = [...this.#path, screen];
    this.#follow();
  }

  /** Another screen in place of this one. */
  replace(screen: Screen): void {
    this.#path = [...this.#path.slice(0, -1), screen];
  }

  /** A fresh start from a screen; nothing lies behind it. */
  start(screen: Screen): void {
    this.#path = [screen];
    this.#follow();
  }

  /** The screen before this one, at once: what is done next is done there. */
  back(): void {
    if (!this.deep) return;
    this.#path = this.#path.slice(0, -1);
    this.#follow();
  }

  /** The page is about to be loaded anew. A step in its history would take the place of that. */
  end(): void {
    this.#over = true;
  }

  /** Asks before anybody goes back from here. Gives the way to ask no more. */
  guard(guard: Guard): () => void {
    this.#guards.push(guard);
    return () => (this.#guards = this.#guards.filter((each) => each !== guard));
  }

  /** Something lies over the screen and is a step of its own: the phone's way back closes it. Gives the way to say that it is gone. */
  cover(close: () => void): () => void {
    this.#covers.push(close);
    this.#follow();
    return () => {
      this.#covers = this.#covers.filter((each) => each !== close);
      this.#follow();
    };
  }

  /** Whether the screen may be left. */
  async mayLeave(): Promise<boolean> {
    return (await this.#guards.at(-1)?.()) ?? true;
  }

  /** Back as a person asks for it, by the screen's button or the phone's. */
  async leave(): Promise<void> {
    const { screen } = this;
    if (this.#guards.length > 0 && !(await this.mayLeave())) return;
    // Who asks twice while it is answered goes one step.
    if (this.screen !== screen) return;
    this.onBack();
    this.back();
  }

  /** The browser has gone back by the phone's own way. */
  #wentBack(): void {
    const close = this.#covers.at(-1);
    if (close) {
      close();
    } else if (this.#guards.length > 0) {
      // It comes forward again while that is answered. A step made anew, without a tap, browsers leave out on the next way back.
      this.#walk();
      void this.leave();
    } else {
      this.onBack();
      this.#path = this.#path.slice(0, depth() + 1);
    }
  }

  /** How deep the browser belongs: at the end of the path, and in what lies over it. */
  get #end(): number {
    return this.#path.length - 1 + this.#covers.length;
  }

  /** Brings the browser's history to where the person is. */
  #follow(): void {
    if (this.#walking || this.#over) return;
    if (depth() > this.#end) this.#walk();
    while (depth() < this.#end) history.pushState(depth() + 1, '');
  }

  /** Takes the browser there along steps that it has made already. */
  #walk(): void {
    this.#walking = true;
    history.go(this.#end - depth());
  }
}

/** How deep the browser is along its history, which is written into each of its steps. */
function depth(): number {
  return typeof history.state === 'number' ? history.state : 0;
}
