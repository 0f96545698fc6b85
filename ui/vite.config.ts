import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The pages, by the mode in which each is built. The diary has two entries: `index.html` for the app's shell, `browser.html` for
 * the page host. The desk is served by a page host alone. `preview` is the diary again, for a frame of the desk's page: built by
 * itself, so that phones do not carry what only the desk needs.
 */
const entries: Record<string, string[]> = {
  diary: ['index.html', 'browser.html'],
  desk: ['index.html'],
  preview: ['preview.html'],
};
/** Where the files of a page are that have no folder of its name. */
const folders: Record<string, string> = { preview: 'diary' };

export default defineConfig(({ mode }) => {
  const page = mode in entries ? mode : 'diary';
  return {
    root: here(`./${folders[page] ?? page}`),
    base: './',
    plugins: [svelte()],
    build: {
      outDir: here(`./dist/${page}`),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: entries[page]!.map((entry) => here(`./${folders[page] ?? page}/${entry}`)) },
    },
    test: { root: here('.'), include: ['tests/**/*.test.ts'] },
  };
});
