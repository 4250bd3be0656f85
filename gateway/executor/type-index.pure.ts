import { isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';

/** Answers which concrete or abstract types a type condition covers; made once per schema. */
export interface TypeIndex {
  /** Whether an object that says it is `typename` satisfies `... on condition`. */
  covers(condition: string, typename: string): boolean;
}

export function indexTypes(schema: GraphQLSchema): TypeIndex {
  const covered = new Map<string, Set<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type)) continue;
    const names = new Set(schema.getPossibleTypes(type).map(({ name }) => name));
    for (const other of Object.values(schema.getTypeMap())) {
      if (!isObjectType(other) && isAbstractType(other) && 'getInterfaces' in other && schema.isSubType(type, other)) {
        names.add(other.name);
      }
    }
    covered.set(type.name, names);
  }
  return {
    covers: (condition, typename) => condition === typename || (covered.get(condition)?.has(typename) ?? false),
  };
}
