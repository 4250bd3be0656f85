import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { parse } from 'graphql';

/** The federation directives and scalars that a subgraph's schema uses but does not declare. */
const federation = parse(`
  scalar federation__Scope
  directive @link(url: String!, import: [String]) repeatable on SCHEMA
  directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT | INTERFACE
  directive @shareable on OBJECT | FIELD_DEFINITION
  directive @inaccessible on OBJECT | FIELD_DEFINITION
  directive @tag(name: String!) repeatable on OBJECT | FIELD_DEFINITION
  directive @authenticated on OBJECT | FIELD_DEFINITION
  directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
`);

const banner = '// Generated from the .graphql files beside it by `npm run codegen`.\n';

/** TypeScript types of everything in a subgraph's schema: arguments, inputs, enums, objects. */
export async function generateTypes(sdl: string): Promise<string> {
  const schema = {
    ...federation,
    definitions: [
      ...federation.definitions,
      ...parse(sdl).definitions.filter((node) => node.kind !== 'SchemaExtension'),
    ],
  };
  const text = await codegen({
    filename: 'schema.generated.ts',
    schema,
    documents: [],
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
    config: {
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      scalars: { DateTime: 'Date', Date: 'string', JSON: 'unknown', ID: 'string' },
    },
  });
  return banner + text;
}
