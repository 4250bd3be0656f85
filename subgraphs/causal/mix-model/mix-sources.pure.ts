import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import type { MixSource } from './tables.ts';

/** Where records came from: connections with what each told. */
export function sourcesOf({
  connectionId,
  sourceKind,
  date,
}: Pick<RecordFrame, 'connectionId' | 'sourceKind' | 'date'>): MixSource[] {
  const found = new Map<string, MixSource>();
  for (let row = 0; row < date.length; row++) {
    const [id, kind, day] = [connectionId[row]!, sourceKind[row]!, date[row]!];
    const key = `${id} ${kind}`;
    const known = found.get(key);
    found.set(key, {
      connectionId: id,
      sourceKind: kind,
      records: (known?.records ?? 0) + 1,
      from: known && known.from < day ? known.from : day,
      to: known && known.to > day ? known.to : day,
    });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}
