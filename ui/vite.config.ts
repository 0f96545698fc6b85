import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two entries over one page: `index.html` for the app's shell, `browser.html` for the page host. */
export default defineConfig({
  root: here('./diary'),
  base: './',
  plugins: [svelte()],
  build: {
    outDir: here('./dist/diary'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [here('./diary/index.html'), here('./diary/browser.html')] },
  },
  test: { root: here('.'), include: ['tests/**/*.test.ts'] },
});
