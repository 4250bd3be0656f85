import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { budgets } from './budgets.ts';

const api = process.env['LIFTOS_API'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '4000'}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss(), budgets({ entry: 60, chunk: 80 })],
  build: {
    target: 'es2022',
    rolldownOptions: {
      // Two compilers take most of the time, as they should.
      checks: { pluginTimings: false },
      output: {
        // What every screen behind the sign-in needs comes in one piece instead of thirty. Texts of any length,
        // whose lines are drawn as they come into sight, are on few.
        codeSplitting: {
          groups: [{ name: 'common', test: /client\/src\/(ui|data)\/(?!text-viewer)|lucide-solid/, minShareCount: 3 }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/upload': api,
    },
  },
});
