import { badInput } from '@liftos/core/errors.ts';
import { marketsOf, mostMarkets } from './markets.pure.ts';
import type { MockRegions, MockTest } from './regional-world.pure.ts';
import type { World } from './worlds.pure.ts';

const mostTests = 10;
const longestTest = 366;
const largestFactor = 10;
const dayMs = 86_400_000;

/** How many markets generated figures are split into. Throws BAD_USER_INPUT naming the field. */
export function checkRegions(world: World, count: number, tests: readonly MockTest[], path: string): MockRegions {
  if (!Number.isInteger(count) || count < 2 || count > mostMarkets) {
    throw badInput(`${path}.count`, `A generated world has 2 to ${mostMarkets} markets.`);
  }
  return { count, tests: checkTests(world, count, tests, `${path}.tests`) };
}

/** Planned changes of spend. Throws BAD_USER_INPUT naming the field. */
export function checkTests(world: World, count: number, tests: readonly MockTest[], path: string): MockTest[] {
  if (tests.length > mostTests) throw badInput(path, `There are at most ${mostTests} tests.`);
  return tests.map((test, index) => checkTest(world, count, test, `${path}.${index}`));
}

function checkTest(world: World, count: number, test: MockTest, path: string): MockTest {
  const { channel, regions, from, to, factor } = test;
  const channels = world.channels.map((truth) => truth.channel);
  if (!channels.includes(channel)) {
    throw badInput(`${path}.channel`, `The channel is one of ${channels.join(', ')}.`);
  }
  const known = marketsOf(count).map(({ name }) => name);
  const strange = regions.find((region) => !known.includes(region));
  if (strange !== undefined) {
    throw badInput(`${path}.regions`, `There is no market ${strange.slice(0, 100)}; there are ${known.join(', ')}.`);
  }
  if (regions.length === 0) throw badInput(`${path}.regions`, 'A test needs a market.');
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (!(days >= 1)) throw badInput(`${path}.to`, 'The test ends before it begins.');
  if (days > longestTest) throw badInput(`${path}.to`, `A test takes at most ${longestTest} days.`);
  if (!(factor >= 0 && factor <= largestFactor) || factor === 1) {
    throw badInput(`${path}.factor`, `Spend is multiplied by 0 to ${largestFactor}, and not by 1.`);
  }
  return { channel, regions: [...new Set(regions)], from, to, factor };
}
