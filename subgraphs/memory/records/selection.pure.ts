import { badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { DateRangeInput, RecordFilter } from '../schema.generated.ts';
import type { RecordSelection } from './matching.ts';
import { sourceKindsOf } from './source-kinds.pure.ts';

/** What a range and a filter select. Ids that cannot exist select nothing. Throws BAD_USER_INPUT. */
export function selectionFrom(range: DateRangeInput, filter: RecordFilter | null | undefined): RecordSelection {
  if (range.to < range.from) throw badInput('range', 'The range ends before it begins.');
  return {
    ...range,
    channels: filter?.channels,
    campaigns: filter?.campaigns,
    regions: filter?.regions,
    connectionIds: filter?.connectionIds?.filter(isId),
    sourceKinds: sourceKindsOf(filter?.sourceKinds),
  };
}
