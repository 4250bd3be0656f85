import { expect, test } from 'vitest';
import { Random } from '../mock/random.pure.ts';
import { readContent } from './testing.ts';

const headers = [
  'date,channel,spend,revenue\n',
  'journey,channel,touched_at,converted_at,value\n',
  'path,conversions,nulls\n',
  'journey;channel;days_before_conversion\r\n',
];
const words = ['2024-01-01', '01/02/2024', 'a', '1.5', '1,5', '-1', 'NaN', '1e999', 'EUR', ' > ', '9'.repeat(40), 'é'];
const marks = ['"', '""', '"a\nb"', ',', ';', '\t', '|', '\n', '\r\n', '\r', '\u0000', '\ufeff', ''];
const garbageParts = words.concat(marks);

function garbage(random: Random): Buffer {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)]!;
  let text = pick(headers);
  for (let parts = Math.floor(random.uniform() * 60); parts > 0; parts -= 1) {
    text += pick(garbageParts) + (random.uniform() < 0.5 ? ',' : '');
  }
  const bytes = Buffer.from(text);
  // Some bytes behind the header become others.
  const flips = random.uniform() < 0.2 ? 5 : 0;
  for (let i = 0; i < flips; i += 1) {
    const at = 46 + Math.floor(random.uniform() * Math.max(0, bytes.length - 46));
    if (at < bytes.length) bytes[at] = Math.floor(random.uniform() * 256);
  }
  return bytes;
}

test('two hundred files of garbage are read to their end, and every row is either taken or refused', async () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { state, analysis } = await readContent(garbage(new Random(seed, 'garbage')));
    expect(state.rowsRead, `seed ${seed}, ${analysis.kind}`).toBe(state.rowsAccepted + state.rowsRejected);
  }
}, 60_000);
