import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { printSchema } from 'graphql';
import { environmentExample } from '@liftos/core/config.ts';
import { compose, root } from './compose.ts';
import { generateTypes } from './types.ts';

const check = process.argv.includes('--check');

/** Everything generated on the server's side, by path below the root. */
async function generate(): Promise<Map<string, string>> {
  const { subgraphs, supergraph } = compose();
  const parsed = Supergraph.build(supergraph, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const api = printSchema(parsed.apiSchema().toGraphQLJSSchema());
  const files = new Map([
    ['schema/supergraph.graphql', supergraph],
    ['schema/api.graphql', `${api}\n`],
    ['.env.example', environmentExample()],
  ]);
  for (const [name, sdl] of subgraphs) {
    files.set(`schema/${name}.graphql`, sdl);
    files.set(`subgraphs/${name}/schema.generated.ts`, await generateTypes(sdl));
  }
  return files;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const stale = [...(await generate())].filter(([path, text]) => read(join(root, path)) !== text);
if (check && stale.length > 0) {
  console.error(`Not up to date: ${stale.map(([path]) => path).join(', ')}. Run npm run codegen.`);
  process.exit(1);
}
for (const [path, text] of stale) writeFileSync(join(root, path), text);
