/** The focus of a page in a frame: it moves about in the frame, and is not taken from where the person is in the page around it. */

/** From now on a screen that comes up takes the focus only where the frame has it already. */
export function keepFocusInside(): void {
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = function (this: HTMLElement, options?: FocusOptions) {
    if (document.hasFocus()) focus.call(this, options);
  };
}
