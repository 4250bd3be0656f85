import { defineConfig } from 'vitest/config';

const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

/** The whole product, started as people start it. Two cores: one file at a time. */
export default defineConfig({
  resolve,
  test: {
    root: import.meta.dirname,
    include: ['**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
