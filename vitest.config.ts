import { defineConfig } from 'vitest/config';

// graphql ships both a CommonJS and an ES build; Node loads the first, Vite would pick the second, and types of
// one are strangers to the other. Every test therefore resolves the file that Node resolves.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'pure',
          // The colours of the client are tested as they stand in its style sheet.
          css: true,
          include: ['{core,gateway,subgraphs,codegen,client}/**/*.test.ts'],
          exclude: [...exclude, '**/*.graph.test.ts'],
          isolate: false,
        },
      },
      {
        resolve,
        test: {
          name: 'graph',
          include: ['{core,gateway,subgraphs,e2e}/**/*.graph.test.ts'],
          exclude,
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
