import type { Journey } from '../csv/journey-columns.pure.ts';
import { dayText, demandFactor } from './calendar.pure.ts';
import { Random } from './random.pure.ts';
import type { World } from './worlds.pure.ts';

/** Longer journeys are cut; with the chains used here one in a million is. */
const longest = 60;

/**
 * The journeys that end on a day, drawn from the world's chain. The same seed and day give the same journeys, whatever
 * else is asked for.
 */
export function journeysOfDay(world: World, seed: number, day: number, currency: string): Journey[] {
  const count = new Random(seed, 'journeys', world.platform, day).poisson(
    world.chain.dailyJourneys * demandFactor(world, day),
  );
  return Array.from({ length: count }, (_, index) =>
    journeyOf(
      world,
      new Random(seed, 'journey', world.platform, day, index),
      `${dayText(day)}/${index}`,
      day,
      currency,
    ),
  );
}

function journeyOf(world: World, random: Random, key: string, day: number, currency: string): Journey {
  const { touches, converted } = walk(world, random);
  let age = converted ? random.exponential(0.4) : 0;
  const ages = touches.map(() => 0);
  for (let i = touches.length - 1; i >= 0; i -= 1) {
    ages[i] = Math.round(age * 1440) / 1440;
    // A repeated touch follows within hours, a new one within days.
    age += random.exponential(touches[i - 1] === touches[i] ? 0.2 : world.chain.gap);
  }
  const last = world.channels[touches.at(-1)!]!;
  const cents = converted ? Math.max(100, Math.round(last.conversionValue * 100 * random.factor(0.35))) : 0;
  return {
    key,
    date: dayText(day),
    currency,
    conversions: converted ? 1 : 0,
    nulls: converted ? 0 : 1,
    value: BigInt(cents) * 10_000n,
    touches: touches.map((channel, index) => ({
      channel: world.channels[channel]!.channel,
      campaign: campaignOf(world, channel, random),
      age: ages[index]!,
    })),
  };
}

function walk({ chain }: World, random: Random): { touches: number[]; converted: boolean } {
  let channel = Math.min(random.pick(chain.start), chain.start.length - 1);
  const touches: number[] = [];
  for (;;) {
    touches.push(channel);
    while (touches.length < longest && random.uniform() < chain.repeat) touches.push(channel);
    const step = random.pick([...chain.next[channel]!, chain.conversion[channel]!]);
    if (step === chain.start.length) return { touches, converted: true };
    if (step > chain.start.length || touches.length >= longest) return { touches, converted: false };
    channel = step;
  }
}

function campaignOf(world: World, channel: number, random: Random): string {
  const { campaigns } = world.channels[channel]!;
  return campaigns[Math.floor(random.uniform() * campaigns.length)]!;
}
