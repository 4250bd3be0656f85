import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { RecordQuery } from '@liftos/core/ports/memory.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, recordBatch, type TestItem } from '../testing/batches.ts';
import { idOf } from './hash-ids.pure.ts';
import { itemRows } from './item-rows.pure.ts';
import { recordRows } from './record-rows.pure.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

const newContext = (): Context => createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });

async function stored(context: Context, query: Partial<RecordQuery> = {}): Promise<Record<string, number>> {
  const year = { from: '2026-01-01', to: '2026-12-31', sourceKinds: ['file', 'live'] as const };
  const { date, region, spend, revenue } = await context.ports.memory.records(context, { ...year, ...query });
  return Object.fromEntries(
    date.map((day, row) => [`${day} ${region[row] ?? '-'}`, Number(spend[row]! + revenue[row]!) / 1e6]),
  );
}

const day = '2026-03-01';
const source = { connectionId: 'c', sourceKind: 'file', stream: 's' };

describe('the identity of a record', () => {
  it('is what it was before there were regions, when it has none', () => {
    const { columns } = recordBatch([{ date: day, channel: 'Search', campaign: 'B' }]);
    const [entity] = recordRows(columns, source).entities;
    expect(entity!.id).toBe(idOf('c', 'file', 's', 'Search', 'B', null, null));
    expect(recordRows({ ...columns, region: [null] }, source).entities).toEqual([entity]);
    const numbered = recordRows({ ...columns, entity: ['1'], region: [null] }, source);
    expect(numbered.entities[0]!.id).toBe(idOf('c', 'file', 's', '1'));
    const sold = itemRows(itemBatch([{ key: 'o' }]).columns, source);
    expect(sold.entityIds).toEqual([idOf('c', 'file', 's', 'Shop', null, null, null, 'EUR')]);
  });

  it('differs by region, of names and of numbers alike', () => {
    const { columns } = recordBatch([null, 'A', 'B'].map((region) => ({ date: day, channel: 'Search', region })));
    for (const entity of [undefined, ['1', '1', '1']]) {
      const { entities, rows } = recordRows({ ...columns, ...(entity && { entity }) }, source);
      expect(new Set(entities.map(({ id }) => id)).size).toBe(3);
      expect(rows).toHaveLength(3);
    }
  });
});

describe('records of regions', () => {
  it('are replaced one by one when they come again', async () => {
    const context = newContext();
    const rows = ['A', 'B', null].map((region) => ({ date: day, channel: 'Search', region, spend: 1 }));
    const first = recordBatch(rows);
    await context.ports.memory.ingest(context, first);
    const again = recordBatch([{ ...rows[1]!, spend: 5 }, rows[0]!], { connectionId: first.connectionId });
    expect(await context.ports.memory.ingest(context, again)).toMatchObject({ inserted: 0, updated: 1 });
    expect(await stored(context)).toEqual({ [`${day} A`]: 1, [`${day} B`]: 5, [`${day} -`]: 1 });
  });

  it('of one numbered entity are a row each, and take its new name', async () => {
    const context = newContext();
    const batch = recordBatch(['A', 'B'].map((region) => ({ date: day, channel: 'Search', region, spend: 2 })));
    batch.columns.entity = ['1', '1'];
    await context.ports.memory.ingest(context, batch);
    const columns = { ...batch.columns, campaign: ['New', 'New'] };
    await context.ports.memory.ingest(context, { ...batch, batchId: randomUUID(), columns });
    expect(await stored(context)).toEqual({ [`${day} A`]: 2, [`${day} B`]: 2 });
    const year = { from: day, to: day, sourceKinds: ['file'] as const };
    expect((await context.ports.memory.records(context, year)).campaign).toEqual(['New', 'New']);
  });

  it('are seen by their organisation only', async () => {
    const [mine, theirs] = [newContext(), newContext()];
    await mine.ports.memory.ingest(mine, recordBatch([{ date: day, channel: 'Search', region: 'A', spend: 1 }]));
    expect(await stored(theirs, { regions: ['A', null] })).toEqual({});
    expect(await stored(mine, { regions: ['A'] })).toEqual({ [`${day} A`]: 1 });
  });

  it('refuse a region without a name and a column of another length', async () => {
    const context = newContext();
    const { columns, ...batch } = recordBatch([{ date: day, channel: 'Search' }]);
    for (const region of [[''], ['a\0'], ['A', 'B']]) {
      await expect(
        context.ports.memory.ingest(context, { ...batch, columns: { ...columns, region } }),
      ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'region' } });
    }
    const sold = itemBatch([{ key: 'o', region: 'A' }]);
    sold.columns.region = [''];
    await expect(context.ports.memory.ingest(context, sold)).rejects.toMatchObject({ details: { field: 'region' } });
  });
});

describe('items of regions', () => {
  it('add to the record of their region, and leave it when they move or vanish', async () => {
    const context = newContext();
    const connectionId = randomUUID();
    const send = (items: TestItem[]) => context.ports.memory.ingest(context, itemBatch(items, { connectionId }));
    await send([
      { key: 'o1', region: 'A', revenue: 1 },
      { key: 'o2', region: 'A', revenue: 2 },
      { key: 'o3', revenue: 4 },
    ]);
    expect(await stored(context)).toEqual({ [`${day} A`]: 3, [`${day} -`]: 4 });
    await send([{ key: 'o2', region: 'B', revenue: 2 }]);
    expect(await stored(context)).toEqual({ [`${day} A`]: 1, [`${day} B`]: 2, [`${day} -`]: 4 });
    await send([{ key: 'o1', region: 'A', deleted: true }]);
    expect(await stored(context)).toEqual({ [`${day} B`]: 2, [`${day} -`]: 4 });
  });

  it('that came before their source said where move to their region when they come again', async () => {
    const context = newContext();
    const connectionId = randomUUID();
    await context.ports.memory.ingest(context, itemBatch([{ key: 'o', revenue: 3 }], { connectionId }));
    const again = itemBatch([{ key: 'o', revenue: 3, region: 'US-CA' }], { connectionId });
    expect(await context.ports.memory.ingest(context, again)).toMatchObject({ inserted: 0, updated: 1 });
    expect(await stored(context)).toEqual({ [`${day} US-CA`]: 3 });
  });
});
