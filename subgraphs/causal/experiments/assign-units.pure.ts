import { createHash } from 'node:crypto';
import type { AbArm } from './settings.pure.ts';

export interface AssignedUnit {
  readonly unit: string;
  readonly stratum: string | null;
  readonly arm: string;
  /** Where the hash of the unit falls, from 0 to below 1. */
  readonly bucket: number;
}

/**
 * Where a unit falls: the first 13 hexadecimal digits of SHA-256 over `salt:unit` (UTF-8), divided by 16^13. Anybody who
 * knows the salt can compute it, so that a shop or an app can assign by itself and agrees with the export.
 */
export function bucketOf(salt: string, unit: string): number {
  const digits = createHash('sha256').update(`${salt}:${unit}`).digest('hex').slice(0, 13);
  return Number.parseInt(digits, 16) / 16 ** 13;
}

/** The arm of a bucket: arms take the line from 0 to 1 in their order, each as much as its share. */
export function armOf(arms: readonly AbArm[], bucket: number): string {
  const total = arms.reduce((sum, { share }) => sum + share, 0);
  let end = 0;
  for (const { name, share } of arms) {
    end += share / total;
    if (bucket < end) return name;
  }
  return arms.at(-1)!.name;
}

/** Every unit by its own hash alone: stable whatever the list. */
export function assignUnits(arms: readonly AbArm[], salt: string, units: readonly string[]): AssignedUnit[] {
  return units.map((unit) => {
    const bucket = bucketOf(salt, unit);
    return { unit, stratum: null, arm: armOf(arms, bucket), bucket };
  });
}

/**
 * Within every stratum the units in the order of their hashes are dealt out so that no arm is ever more than two units
 * from its share. The same list gives the same arms; another list may give others.
 */
export function assignStratified(
  arms: readonly AbArm[],
  salt: string,
  units: readonly { readonly unit: string; readonly stratum: string }[],
): AssignedUnit[] {
  const total = arms.reduce((sum, { share }) => sum + share, 0);
  const strata = new Map<string, { unit: string; bucket: number }[]>();
  for (const { unit, stratum } of units) {
    const list = strata.get(stratum) ?? [];
    list.push({ unit, bucket: bucketOf(salt, unit) });
    strata.set(stratum, list);
  }
  const found = new Map<string, AssignedUnit>();
  for (const [stratum, list] of strata) {
    // Where dealing starts is by chance too, or the first arm would have one more in every odd stratum.
    const counts = arms.map(({ name, share }) => ({
      name,
      share: share / total,
      count: bucketOf(salt, `${stratum}:${name}`),
    }));
    list.sort((a, b) => a.bucket - b.bucket);
    list.forEach(({ unit, bucket }, index) => {
      const next = counts.reduce((best, arm) => (owed(arm, index) > owed(best, index) ? arm : best));
      next.count++;
      found.set(unit, { unit, stratum, arm: next.name, bucket });
    });
  }
  return units.map(({ unit }) => found.get(unit)!);
}

function owed({ share, count }: { share: number; count: number }, index: number): number {
  return share * (index + 1) - count;
}
