import { isScalarType, valueFromASTUntyped, type GraphQLSchema } from 'graphql';
import { scalars } from '@liftos/core/graphql/scalars.ts';

/**
 * Makes a schema refuse days and times that are none, with their place in the operation. What is right stays as it was
 * written: the subgraphs read it.
 */
export function checkScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const name of ['Date', 'DateTime'] as const) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    const checked = (value: unknown): unknown => {
      try {
        scalars[name].parseValue(value);
      } catch (error) {
        // A GraphQLError would be reported as it is, without its place.
        throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
      }
      return value;
    };
    type.parseValue = checked;
    type.parseLiteral = (node, variables) => checked(valueFromASTUntyped(node, variables));
  }
  return schema;
}
