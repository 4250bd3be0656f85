import type { Answer, Slice, Totals } from '../../platforms/connector.ts';
import { toNumber, isEmpty } from '../language/values.pure.ts';
import type { ManifestStream } from '../manifest/schema.pure.ts';
import { failing } from './failing.pure.ts';
import { compileRequest } from './request.pure.ts';
import { answerNames, sliceScope } from './scope.pure.ts';
import { compileExpression } from './values.pure.ts';

const metrics = ['rows', 'spend', 'impressions', 'clicks', 'conversions', 'revenue'] as const;

function asFigure(value: unknown): bigint | number | null {
  if (isEmpty(value)) return null;
  return typeof value === 'bigint' ? value : toNumber(value);
}

/** What the platform says a slice sums up to. */
export function compileTotals(totals: NonNullable<ManifestStream['totals']>) {
  const request = compileRequest(totals.request);
  const sums = metrics.flatMap((metric) => {
    const text = totals[metric];
    return text === undefined ? [] : [[metric, compileExpression(text)] as const];
  });
  return {
    request: (slice: Slice) => failing('totals', () => request(sliceScope(slice, { page: { size: slice.pageSize } }))),
    read(answer: Answer, slice: Slice): Totals {
      const scope = sliceScope(slice, answerNames(answer));
      const found = sums.flatMap(([metric, sum]) => {
        const value = failing(`totals.${metric}`, () => asFigure(sum(scope)));
        return value === null ? [] : [[metric, value] as const];
      });
      return Object.fromEntries(found) as Totals;
    },
  };
}
