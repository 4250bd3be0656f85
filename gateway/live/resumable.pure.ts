import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isObjectType,
  Kind,
  parseType,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  TypeInfo,
} from 'graphql';

/** Names of what is added to a subscription so that it can be taken up again where it broke off. */
export const sequenceKey = 'liftosSequence';
export const afterVariable = 'liftosAfter';

/** A subscription that can be followed across interruptions. */
export interface Resumable {
  document: DocumentNode;
  /** The key of the event in the data. */
  rootKey: string;
  /** Whether events carry a sequence number, found as `sequenceKey` within the event. */
  sequenced: boolean;
  /** Whether the field takes `after`; then the plan takes it from `afterVariable`. */
  resumes: boolean;
  /** Where the client wants to begin; undefined for the live tail alone. */
  after(variables: Readonly<Record<string, unknown>>): number | undefined;
}

/**
 * Adds the event's sequence number to what is asked for, and puts a variable in place of its `after`. A field
 * qualifies by its schema alone: an argument `after: Int`, and a field `sequence: Int!` in the event.
 */
export function makeResumable(schema: GraphQLSchema, document: DocumentNode): Resumable {
  const info = new TypeInfo(schema);
  const result: Omit<Resumable, 'document'> = { rootKey: '', sequenced: false, resumes: false, after: () => undefined };
  const root = schema.getSubscriptionType();
  const changed = visit(
    document,
    visitWithTypeInfo(info, {
      Field(node): FieldNode | false | undefined {
        if (info.getParentType() !== root) return false;
        const definition = info.getFieldDef();
        const event = definition && getNamedType(definition.type);
        result.rootKey = node.alias?.value ?? node.name.value;
        if (isObjectType(event) || isInterfaceType(event)) result.sequenced = 'sequence' in event.getFields();
        result.resumes =
          definition?.args.some(({ name, type }) => name === 'after' && getNullableType(type).toString() === 'Int') ??
          false;
        const given = node.arguments?.find(({ name }) => name.value === 'after')?.value;
        result.after = (variables) => {
          const value: unknown = given && valueFromASTUntyped(given, { ...variables });
          return typeof value === 'number' ? value : undefined;
        };
        return followed(node, result.sequenced, result.resumes);
      },
    }),
  );
  return { ...result, document: result.resumes ? visit(changed, { OperationDefinition: withVariable }) : changed };
}

function followed(node: FieldNode, sequenced: boolean, resumes: boolean): FieldNode {
  const sequence: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: sequenceKey },
    name: { kind: Kind.NAME, value: 'sequence' },
  };
  const others = node.arguments?.filter(({ name }) => name.value !== 'after') ?? [];
  const after = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'after' },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: afterVariable } },
  } as const;
  return {
    ...node,
    arguments: resumes ? [...others, after] : node.arguments,
    selectionSet:
      node.selectionSet && sequenced
        ? { ...node.selectionSet, selections: [sequence, ...node.selectionSet.selections] }
        : node.selectionSet,
  };
}

/** Declares the variable, and no longer declares one that only `after` used. */
function withVariable(node: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>();
  visit(node, { VariableDefinition: () => false, Variable: (variable) => void used.add(variable.name.value) });
  const kept = node.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)) ?? [];
  const type: TypeNode = parseType('Int');
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: afterVariable } } as const;
  return { ...node, variableDefinitions: [...kept, { kind: Kind.VARIABLE_DEFINITION, variable, type }] };
}

/** The sequence number of an event in a subgraph's answer; undefined when it has none. */
export function sequenceOf(data: unknown, rootKey: string): number | undefined {
  const event = (data as Record<string, unknown> | null | undefined)?.[rootKey];
  const sequence = (event as Record<string, unknown> | null | undefined)?.[sequenceKey];
  return typeof sequence === 'number' ? sequence : undefined;
}
