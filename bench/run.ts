import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchResult } from './bench-result.ts';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');

const files = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)))
  .sort();

function print(result: BenchResult): void {
  if (asJson) return console.log(JSON.stringify(result));
  const { name, value, unit, reference, referenceValue, ratio, bar, holds } = result;
  const beside = reference
    ? `  ${reference}: ${referenceValue?.toPrecision(4)} ${unit}, ratio ${ratio?.toFixed(2)}`
    : '';
  return console.log(`${holds ? '✓' : '✗'} ${name}: ${value.toPrecision(4)} ${unit}${beside}  (${bar})`);
}

let missed = 0;
for (const file of files) {
  const { run } = (await import(join(import.meta.dirname, file))) as { run: () => Promise<BenchResult[]> };
  for (const result of await run()) {
    print(result);
    if (!result.holds) missed++;
  }
}
process.exit(missed === 0 ? 0 : 1);
