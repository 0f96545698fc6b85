import 'svelte/elements';

declare module 'svelte/elements' {
  // Svelte's types know `autocorrect` on inputs only; Safari and Chromium heed it on both.
  interface HTMLTextareaAttributes {
    autocorrect?: 'on' | 'off';
  }
}
