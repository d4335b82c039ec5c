// Builds the page into web/dist, which the service serves as it is: no outside request, no inline script.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Modules of the public page; folders below `state` and `i18n` belong to parts that are fetched when staff need them. */
const PAGE = new RegExp(
  [
    '/@?preact/',
    '/server/domain/(?!importWords)',
    '/server/ingest/positions/angle[.]',
    '/web/(a11y|map|panels/shell|panels/look)/',
    '/web/(i18n|state)/[\\w.-]+$',
    '/web/state/staff/(recordsView|drawView|unlocatedView)[.]',
    '/web/api/(http|features|exposure|search)[.]',
    '/web/panels/card/(CandidateIcon|Card|Facts|cardState|labels)[.]',
  ]
    .join('|')
    .replaceAll('/', '[\\\\/]'),
);

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The map library changes rarely: in a file of its own it stays in the browser's cache when the page changes.
            { name: 'maplibre', test: /maplibre-gl[\\/]dist/, priority: 2 },
            // What everybody's page is made of, in one file: cut up by which staff part shares what, it would pack worse.
            { name: 'page', test: PAGE, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
