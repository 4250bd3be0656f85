import { plural } from '../../ui/format.ts';

/** What a connection brought, in words; empty when nothing. */
export function describeStored(coverage: { records: number; items: number; journeys: number } | null): string {
  if (!coverage) return '';
  return [
    coverage.records > 0 ? plural(coverage.records, 'record') : '',
    coverage.items > 0 ? plural(coverage.items, 'item') : '',
    coverage.journeys > 0 ? plural(coverage.journeys, 'journey') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
