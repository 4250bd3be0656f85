import { AppError } from '@liftos/core/errors.ts';
import type { Answer, DataSource, RequestContext, Sources, SubgraphRequest } from '../sources/data-source.ts';
import { missingAt, reportedFailures, type Failure, type Places } from './failures.pure.ts';
import { copyJson, isObject, mergeInto, type JsonObject } from './json.pure.ts';
import { objectsAt, pathsAt, type Path } from './place.pure.ts';
import type { Fetch, Step } from './plan.pure.ts';
import { batchEntities, type Batch } from './representations.pure.ts';
import { applyRewrites } from './rewrites.pure.ts';
import type { TypeIndex } from './type-index.pure.ts';

/** What one run of a plan works on. `data` and `failures` grow while it runs. */
export interface Run {
  types: TypeIndex;
  sources: Sources;
  variables: Readonly<Record<string, unknown>>;
  context: RequestContext;
  timeoutMillis: number;
  data: JsonObject;
  failures: Failure[];
  /** Fields that went with their whole answer: a subgraph returns no data where one root field may not be null. */
  lost: Path[];
  /** Told about every fetch, for metrics. */
  observe?: (subgraph: string, outcome: 'ok' | 'errors' | 'failed', seconds: number) => void;
  /** Answers under way that another fetch of the same run may join; made on first use. */
  underWay?: Map<string, Promise<Answer>>;
}

/** Runs one step of a plan to its end. Never rejects: what fails is noted in `run.failures`. */
export function runStep(run: Run, step: Step): Promise<void> | void {
  switch (step.kind) {
    case 'fetch':
      return runFetch(run, step);
    case 'sequence':
      return runSequence(run, step.steps);
    case 'parallel':
      return runParallel(run, step.steps);
    case 'condition': {
      const next = run.variables[step.variable] === true ? step.whenTrue : step.whenFalse;
      return next && runStep(run, next);
    }
  }
}

async function runSequence(run: Run, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const running = runStep(run, step);
    if (running) await running;
  }
}

async function runParallel(run: Run, steps: readonly Step[]): Promise<void> {
  await Promise.all(steps.map((step) => runStep(run, step)));
}

function runFetch(run: Run, fetch: Fetch): Promise<void> | void {
  if (!fetch.wanted) return settle(run, fetch, null, undefined);
  const objects = objectsAt(run.data, fetch.path);
  if (objects.length === 0) return;
  const batch = batchEntities(run.types, objects, fetch.wanted, fetch.inputRewrites);
  if (batch.representations.length === 0) return;
  return settle(run, fetch, batch, objects);
}

async function settle(run: Run, fetch: Fetch, batch: Batch | null, objects: unknown[] | undefined): Promise<void> {
  const started = performance.now();
  const places: Places = () => {
    const paths = pathsAt(run.data, fetch.path);
    return batch ? batch.owners.map((owners) => owners.map((index) => paths[index] ?? [])) : [paths];
  };
  try {
    const answer = await ask(run, fetch, batch);
    run.observe?.(fetch.service, answer.errors?.length ? 'errors' : 'ok', (performance.now() - started) / 1000);
    if (answer.errors?.length) run.failures.push(...reportedFailures(fetch, answer.errors, places));
    if (answer.data && batch) mergeEntities(run, fetch, batch, objects ?? [], answer.data);
    else if (!batch) mergeRoot(run, fetch, answer.data);
  } catch (error) {
    run.observe?.(fetch.service, 'failed', (performance.now() - started) / 1000);
    run.failures.push(...missingAt(fetch, failureOf(error), places));
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof AppError) {
    return { message: error.message, code: error.code, extensions: error.extensions, cause: error };
  }
  return { message: 'This part could not be fetched.', code: 'INTERNAL', cause: error };
}

function ask(run: Run, fetch: Fetch, batch: Batch | null): Promise<Answer> | Answer {
  const source = run.sources.get(fetch.service);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph "${fetch.service}".`);
  if (run.context.signal.aborted) throw abortError(run.context.signal);
  const variables: JsonObject = {};
  for (const name of fetch.variables) if (run.variables[name] !== undefined) variables[name] = run.variables[name];
  if (batch) variables.representations = batch.representations;
  const request: SubgraphRequest = {
    key: fetch.key,
    document: fetch.document,
    text: fetch.text,
    operationName: fetch.operationName,
    variables,
    context: run.context,
    timeoutMillis: run.timeoutMillis,
  };
  return fetch.joinable ? joined(run, source, request) : source.execute(request);
}

/** Why a request ended early, as an error for the client. */
export function abortError(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('CANCELLED', 'The request was cancelled.');
}

/** Joins the same question that is under way in this run. Whoever joins works on a copy: merging changes the data. */
function joined(run: Run, source: DataSource, request: SubgraphRequest): Promise<Answer> {
  const known = (run.underWay ??= new Map());
  const key = `${request.key} ${JSON.stringify(request.variables)}`;
  const first = known.get(key);
  if (first) return first.then(copyJson);
  const answer = Promise.resolve(source.execute(request)).finally(() => known.delete(key));
  known.set(key, answer.then(copyJson));
  known.get(key)?.catch(() => undefined);
  return answer;
}

function mergeRoot(run: Run, fetch: Fetch, data: Answer['data']): void {
  if (!data) return void run.lost.push(...fetch.fills.map((key) => [key]));
  if (fetch.outputRewrites.length > 0) applyRewrites(run.types, fetch.outputRewrites, data);
  const targets = fetch.path.length > 0 ? objectsAt(run.data, fetch.path) : [run.data];
  targets.forEach((target, index) => {
    if (isObject(target)) mergeInto(target, index === 0 ? data : copyJson(data));
  });
}

function mergeEntities(run: Run, fetch: Fetch, batch: Batch, objects: readonly unknown[], data: JsonObject): void {
  const { _entities: entities } = data;
  if (!Array.isArray(entities) || entities.length !== batch.representations.length) {
    throw new AppError('UNAVAILABLE', `Subgraph "${fetch.service}" did not answer for every entity.`);
  }
  for (let index = 0; index < entities.length; index++) {
    const entity: unknown = entities[index];
    if (!isObject(entity)) continue;
    if (fetch.outputRewrites.length > 0) applyRewrites(run.types, fetch.outputRewrites, entity);
    const owners = batch.owners[index] ?? [];
    for (let position = 0; position < owners.length; position++) {
      const target = objects[owners[position]!];
      if (isObject(target)) mergeInto(target, position === 0 ? entity : copyJson(entity));
    }
  }
}
