import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { StandIns } from '../supergraph/stand-ins.pure.ts';

/** Puts the real field, under the stand-in's name, wherever the planner asked for a stand-in. */
export function realFields(document: DocumentNode, standIns: StandIns): DocumentNode {
  return visit(document, {
    Field(node): FieldNode | undefined {
      const real = standIns.real(node.name.value);
      if (!real) return undefined;
      return {
        ...node,
        alias: node.alias ?? { kind: Kind.NAME, value: node.name.value },
        name: { kind: Kind.NAME, value: real.name },
        arguments: real.arguments,
      };
    },
  });
}

/**
 * Splits a fetch whose entities would need two values under one key. Each part asks only for the fields that need its
 * own value; fields that need none go with the first part.
 */
export function splitFetch(node: FetchNode, standIns: StandIns): FetchNode[] {
  const groups = node.requires ? groupStandIns(node.requires, standIns) : [];
  if (groups.length < 2) return [node];
  const document = node.operationDocumentNode ?? parse(node.operation);
  return groups.flatMap((group, index) => {
    const keep = (type: string, field: string): boolean => {
      const needed = [...standIns.neededFor(node.serviceName, type, field)];
      return needed.length === 0 ? index === 0 : needed.every((name) => group.has(name));
    };
    const part = narrowDocument(document, keep);
    if (!part) return [];
    const requires = narrowRequires(node.requires ?? [], (name) => !standIns.real(name) || group.has(name));
    const variableUsages = node.variableUsages?.filter((name) => usesVariable(part, name));
    const operation = stripIgnoredCharacters(print(part));
    return [{ ...node, operation, requires, variableUsages, operationDocumentNode: part }];
  });
}

/** Sets of stand-ins that can travel together: no two of a set are the same field of the same parent. */
function groupStandIns(requires: readonly QueryPlanSelectionNode[], standIns: StandIns): Set<string>[] {
  const groups: { names: Set<string>; places: Set<string> }[] = [];
  const place = (nodes: readonly QueryPlanSelectionNode[], at: string): void => {
    for (const node of nodes) {
      if (node.kind === 'InlineFragment') {
        place(node.selections, at);
        continue;
      }
      const real = standIns.real(node.name);
      if (node.selections) place(node.selections, `${at}.${real?.name ?? node.name}`);
      if (!real || groups.some(({ names }) => names.has(node.name))) continue;
      const where = `${at}.${real.name}`;
      const free = groups.find(({ places }) => !places.has(where)) ?? { names: new Set(), places: new Set() };
      if (free.names.size === 0) groups.push(free);
      free.names.add(node.name);
      free.places.add(where);
    }
  };
  place(requires, '');
  return groups.map(({ names }) => names);
}

function narrowRequires(
  nodes: readonly QueryPlanSelectionNode[],
  keep: (name: string) => boolean,
): QueryPlanSelectionNode[] {
  return nodes.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === 'Field' && !keep(node.name)) return [];
    if (!node.selections) return [node];
    const selections = narrowRequires(node.selections, keep);
    return selections.length > 0 ? [{ ...node, selections }] : [];
  });
}

/** The document with only the entity fields to keep; undefined when nothing but the type name would remain. */
function narrowDocument(
  document: DocumentNode,
  keep: (type: string, field: string) => boolean,
): DocumentNode | undefined {
  let kept = 0;
  const narrowSet = (set: SelectionSetNode, type: string): SelectionSetNode => {
    const selections = set.selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const selectionSet = narrowSet(node.selectionSet, node.typeCondition?.name.value ?? type);
        return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
      }
      if (node.kind === Kind.FRAGMENT_SPREAD || node.name.value === '__typename') return [node];
      if (!keep(type, node.name.value)) return [];
      kept++;
      return [node];
    });
    return { ...set, selections };
  };
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const selections = node.selectionSet.selections.map((field) =>
      field.kind === Kind.FIELD && field.selectionSet
        ? { ...field, selectionSet: narrowSet(field.selectionSet, '') }
        : field,
    );
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  if (kept === 0) return undefined;
  return withoutUnusedVariables({ ...document, definitions });
}

function withoutUnusedVariables(document: DocumentNode): DocumentNode {
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const used = node.variableDefinitions?.filter(({ variable }) => usesVariable(document, variable.name.value));
    return { ...node, variableDefinitions: used };
  });
  return { ...document, definitions };
}

function usesVariable(document: DocumentNode, name: string): boolean {
  let used = false;
  visit(document, {
    VariableDefinition: () => false,
    Variable(node) {
      used ||= node.name.value === name;
    },
  });
  return used;
}
