import { expect, it } from 'vitest';
import { filterNames } from './language/filters.pure.ts';
import { parseManifest } from './manifest/parse-manifest.pure.ts';
import { documentation, documentedConnector } from './testing/read-documentation.ts';

it('the connector in the documentation has no mistakes', () => {
  expect(parseManifest(documentedConnector())).toMatchObject({ manifest: { platform: { name: 'Acme Ads' } } });
});

it('the documentation names every filter', () => {
  const text = documentation();
  expect(filterNames.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
});
