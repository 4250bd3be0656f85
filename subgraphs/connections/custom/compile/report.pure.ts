import type { Answer, Json, Report, Slice } from '../../platforms/connector.ts';
import { PlatformFailure } from '../../engine/platform-failure.ts';
import { isEmpty } from '../language/values.pure.ts';
import type { ManifestStream } from '../manifest/schema.pure.ts';
import { failing } from './failing.pure.ts';
import { compileRequest } from './request.pure.ts';
import { sliceScope, statusScope } from './scope.pure.ts';
import { compileCondition, compileExpression } from './values.pure.ts';

const usualPollSeconds = 5;
const usualGiveUpMinutes = 60;

/** A report that the platform prepares first: asked for, looked after until it is done, then read. */
export function compileReport(declared: NonNullable<ManifestStream['report']>): Report {
  const create = compileRequest(declared.create);
  const id = compileExpression(declared.id);
  const poll = compileRequest(declared.poll);
  const done = compileCondition(declared.done);
  const failed = declared.failed === undefined ? null : compileCondition(declared.failed);
  const result = declared.result === undefined ? null : compileExpression(declared.result);
  const scopeOf = (slice: Slice, report: Json | null) =>
    sliceScope(slice, { page: { size: slice.pageSize }, report: { id: report } });
  return {
    create: (slice) => failing('report.create', () => create(scopeOf(slice, null))),
    id: (answer) => known('report.id', id(statusScope(answer))),
    poll: (slice, report) => failing('report.poll', () => poll(scopeOf(slice, report))),
    state(answer: Answer) {
      const scope = statusScope(answer);
      return failing('report', () => {
        if (failed?.(scope)) {
          return {
            state: 'failed',
            failure: { class: 'bad_request', message: 'The platform could not make its report.' },
          };
        }
        if (!done(scope)) return { state: 'waiting' };
        return { state: 'done', ...(result ? { id: known('report.result', result(scope)) } : {}) };
      });
    },
    pollSeconds: declared.poll_seconds ?? usualPollSeconds,
    giveUpMinutes: declared.give_up_minutes ?? usualGiveUpMinutes,
  };
}

function known(what: string, value: unknown): Json {
  if (!isEmpty(value)) return value as Json;
  throw new PlatformFailure({ class: 'bad_request', message: `The answer has no ${what}.` });
}
