import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { printSchema } from 'graphql';
import { compose, root } from './compose.ts';

const check = process.argv.includes('--check');

/** Everything generated from the subgraphs' schemas, by path below `schema/`. */
function generate(): Map<string, string> {
  const { subgraphs, supergraph } = compose();
  const parsed = Supergraph.build(supergraph, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const api = printSchema(parsed.apiSchema().toGraphQLJSSchema());
  const files = new Map([...subgraphs].map(([name, sdl]) => [`${name}.graphql`, sdl]));
  return files.set('supergraph.graphql', supergraph).set('api.graphql', `${api}\n`);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const folder = join(root, 'schema');
mkdirSync(folder, { recursive: true });
const stale = [...generate()].filter(([name, text]) => read(join(folder, name)) !== text);
if (check && stale.length > 0) {
  console.error(`schema/ is not up to date (${stale.map(([name]) => name).join(', ')}): run npm run codegen`);
  process.exit(1);
}
for (const [name, text] of stale) writeFileSync(join(folder, name), text);
