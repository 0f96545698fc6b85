/** How the one calls themselves who decides, reads or exports here: typed once, and forgotten with the page. */
export class Who {
  name = $state('');
  /** Whether something was asked for that needs it. */
  missing = $state(false);

  /** Whether it is known. Else it is asked for, where it can be typed. */
  isKnown(): boolean {
    this.missing = this.name.trim() === '';
    if (this.missing) globalThis.document?.getElementById('who')?.focus();
    return !this.missing;
  }
}
