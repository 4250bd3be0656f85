import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** What a caller must have to select something: one of the alternatives, each a list of scopes. */
export interface Requirement {
  /** Scope sets of which one must be held whole; empty when being signed in is enough. */
  scopes: string[][];
}

/** What each field demands, by coordinate (`Query.jobs`); from the field itself and from the type it returns. */
export type Requirements = ReadonlyMap<string, readonly Requirement[]>;

/** Reads `@authenticated` and `@requiresScopes` of a supergraph. */
export function readRequirements(supergraph: GraphQLSchema): Requirements {
  const found = new Map<string, Requirement[]>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const demands = [
        ...ownDemands(type.astNode?.directives),
        ...fieldDemands(supergraph, type, field.name),
        ...typeDemands(supergraph, getNamedType(field.type)),
      ];
      if (demands.length > 0) found.set(`${type.name}.${field.name}`, demands);
    }
  }
  return found;
}

/** The tag of what differs from person to person within an organisation: `@tag(name: "personal")`. */
const personalTag = 'personal';

/** Coordinates of the fields, and names of the types, whose answers belong to one person. */
export function readPersonal(supergraph: GraphQLSchema): ReadonlySet<string> {
  const found = new Set<string>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const isWhole = isPersonal(type.astNode?.directives);
    for (const field of Object.values(type.getFields())) {
      if (isWhole || isPersonal(field.astNode?.directives)) found.add(`${type.name}.${field.name}`);
    }
  }
  return found;
}

function isPersonal(directives: readonly ConstDirectiveNode[] = []): boolean {
  return directives.some(
    ({ name, arguments: given }) =>
      name.value === 'tag' && given?.some(({ value }) => value.kind === Kind.STRING && value.value === personalTag),
  );
}

/** The demands of a field; of an interface's field also those of every type behind it. */
function fieldDemands(schema: GraphQLSchema, type: GraphQLNamedType, field: string): Requirement[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const own = ownDemands(type.getFields()[field]?.astNode?.directives);
  if (!isInterfaceType(type)) return own;
  const behind = schema
    .getPossibleTypes(type)
    .flatMap((object) => ownDemands(object.getFields()[field]?.astNode?.directives));
  return [...own, ...behind];
}

function typeDemands(schema: GraphQLSchema, type: GraphQLNamedType): Requirement[] {
  const own = ownDemands(type.astNode?.directives);
  if (!isAbstractType(type)) return own;
  return [...own, ...schema.getPossibleTypes(type).flatMap((object) => ownDemands(object.astNode?.directives))];
}

function ownDemands(directives: readonly ConstDirectiveNode[] = []): Requirement[] {
  return directives.flatMap((directive): Requirement[] => {
    if (directive.name.value === 'authenticated') return [{ scopes: [] }];
    if (directive.name.value !== 'requiresScopes') return [];
    const value = directive.arguments?.find((node) => node.name.value === 'scopes')?.value;
    if (value?.kind !== Kind.LIST) return [{ scopes: [] }];
    const sets = value.values.map((set) =>
      set.kind === Kind.LIST ? set.values.flatMap((scope) => (scope.kind === Kind.STRING ? [scope.value] : [])) : [],
    );
    return [{ scopes: sets }];
  });
}

/** Whether someone with these scopes fulfils a requirement; `*` stands for every scope. */
export function fulfils(requirement: Requirement, scopes: readonly string[]): boolean {
  if (requirement.scopes.length === 0 || scopes.includes('*')) return true;
  return requirement.scopes.some((set) => set.every((scope) => scopes.includes(scope)));
}
