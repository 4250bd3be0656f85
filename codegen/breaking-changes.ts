import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';
import { root } from './compose.ts';

/** The API that partners build on is the released one; what it promises may not be taken away. */
const read = (name: string) => buildSchema(readFileSync(join(root, 'schema', name), 'utf8'));
const changes = findBreakingChanges(read('released.graphql'), read('api.graphql'));
for (const { description } of changes) console.error(description);
if (changes.length > 0)
  console.error('If this is meant, release it: copy schema/api.graphql to schema/released.graphql.');
process.exit(changes.length === 0 ? 0 : 1);
