import { expect, it } from 'vitest';
import { connectors } from '../registry.ts';
import { cases } from './cases.ts';
import { contractOf } from './contract.ts';

it('every platform that is read live keeps the contract', () => {
  const missing = connectors.filter(({ id, live }) => live && !cases[id]);
  expect(missing.map(({ id }) => id)).toEqual([]);
});

contractOf(['advertising', 'email']);
