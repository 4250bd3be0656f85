import type { FetchDataRewrite, FetchNode, PlanNode } from '@apollo/query-planner';
import { Kind, parse, print, stripIgnoredCharacters, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { AppError } from '@liftos/core/errors.ts';
import type { StandIns } from '../supergraph/stand-ins.pure.ts';
import { compileWanted, type Wanted } from './representations.pure.ts';
import { realFields, splitFetch } from './split-fetch.pure.ts';

/** A question to one subgraph, as the executor runs it. */
export interface Fetch {
  kind: 'fetch';
  /** Names the document; the same for the same text. */
  key: string;
  service: string;
  document: DocumentNode;
  text: string;
  operationName?: string;
  variables: readonly string[];
  /** Where in the answer so far the entities stand; empty for a root fetch. */
  path: readonly string[];
  /** Null for a root fetch. */
  wanted: Wanted[] | null;
  inputRewrites: readonly FetchDataRewrite[];
  outputRewrites: readonly FetchDataRewrite[];
  /** Keys it fills, for errors that say what is missing. */
  fills: readonly string[];
  /** Whether the plan holds another fetch that may turn out to ask the same. */
  joinable: boolean;
}

export type Step =
  | Fetch
  | { kind: 'sequence' | 'parallel'; steps: Step[] }
  | { kind: 'condition'; variable: string; whenTrue?: Step; whenFalse?: Step };

/** Prepares a plan for execution. */
export function compilePlan(node: PlanNode | undefined, standIns: StandIns): Step | undefined {
  const step = node && compileNode(node, [], standIns);
  if (step) markJoinable(step);
  return step;
}

function compileNode(node: PlanNode, path: readonly string[], standIns: StandIns): Step {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel': {
      const kind = node.kind === 'Sequence' ? 'sequence' : 'parallel';
      return { kind, steps: node.nodes.map((child) => compileNode(child, path, standIns)) };
    }
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)], standIns);
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause && compileNode(node.ifClause, path, standIns),
        whenFalse: node.elseClause && compileNode(node.elseClause, path, standIns),
      };
    case 'Fetch':
      return compileFetch(node, path, standIns);
    case 'Defer':
      throw new AppError('BAD_USER_INPUT', '@defer is not supported.');
  }
}

/** One fetch, or several when its fields need entities with different values under one key. */
export function compileFetch(node: FetchNode, path: readonly string[], standIns: StandIns): Step {
  if (node.contextRewrites?.length) throw new AppError('INTERNAL', '@fromContext is not supported.');
  const parts = standIns.size > 0 ? splitFetch(node, standIns) : [node];
  const fetches = parts.map((part) => toFetch(part, path, standIns));
  return fetches.length === 1 ? fetches[0]! : { kind: 'parallel', steps: fetches };
}

function toFetch(node: FetchNode, path: readonly string[], standIns: StandIns): Fetch {
  const planned = node.operationDocumentNode ?? parse(node.operation);
  const document = standIns.size > 0 ? realFields(planned, standIns) : planned;
  const text = document === node.operationDocumentNode ? node.operation : stripIgnoredCharacters(print(document));
  const wanted = node.requires && compileWanted(node.requires, (name) => standIns.real(name)?.name ?? name);
  return {
    kind: 'fetch',
    key: `${node.serviceName} ${text}`,
    service: node.serviceName,
    document,
    text,
    operationName: node.operationName,
    variables: node.variableUsages ?? [],
    path,
    wanted: wanted ?? null,
    inputRewrites: node.inputRewrites ?? [],
    outputRewrites: node.outputRewrites ?? [],
    fills: filledKeys(document, wanted !== undefined),
    joinable: false,
  };
}

function filledKeys(document: DocumentNode, entities: boolean): string[] {
  const keys = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const collect = (set: OperationDefinitionNode['selectionSet'], depth: number): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet, depth);
      } else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet, depth);
      else if (depth > 0 && node.selectionSet) collect(node.selectionSet, depth - 1);
      else if (node.name.value !== '__typename') keys.add(node.alias?.value ?? node.name.value);
    }
  };
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation) collect(operation.selectionSet, entities ? 1 : 0);
  return [...keys];
}

/** Every fetch below a step, in plan order. */
export function fetchesOf(step: Step | undefined): Fetch[] {
  if (!step) return [];
  if (step.kind === 'fetch') return [step];
  if (step.kind === 'condition') return [...fetchesOf(step.whenTrue), ...fetchesOf(step.whenFalse)];
  return step.steps.flatMap(fetchesOf);
}

function markJoinable(step: Step): void {
  const fetches = fetchesOf(step);
  for (const fetch of fetches) fetch.joinable = fetches.some((other) => other !== fetch && other.key === fetch.key);
}
