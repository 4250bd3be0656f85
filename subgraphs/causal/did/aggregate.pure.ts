import { addScaled } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { infer, type Inference } from './inference.pure.ts';
import { standardErrorOf, type GroupTimeEffect, type Staggered } from './staggered.pure.ts';

/** SIMPLE: one number. EVENT: by periods since the start. GROUP: by start. CALENDAR: by period. */
export type Aggregation = 'SIMPLE' | 'EVENT' | 'GROUP' | 'CALENDAR';

export interface AggregateEffect extends Inference {
  /** Periods since the start, the start, or the period. */
  readonly key: number;
  readonly influence: Float64Array;
}

export interface Aggregate {
  /** Ascending by key; none for SIMPLE. */
  readonly effects: readonly AggregateEffect[];
  /** Over the effects since the start. */
  readonly overall: AggregateEffect;
}

interface Part {
  readonly estimate: number;
  readonly influence: Float64Array;
}

/**
 * Average effects by group and period into fewer. Groups weigh by their number of units, and that those shares are
 * estimates too is part of the standard errors (Callaway & Sant'Anna 2021, section 3).
 */
export function aggregateEffects(result: Staggered, by: Aggregation, alpha = 0.05): Aggregate {
  const since = result.effects.filter(({ group, period }) => period >= group);
  if (since.length === 0) throw new Problem('NO_OVERLAP', 'There is no effect since the start to average.');
  const weigh = (effects: readonly GroupTimeEffect[]): Part => byGroupSize(result, effects);
  const finish = (key: number, name: string, part: Part): AggregateEffect => ({
    ...infer(name, part.estimate, standardErrorOf(part.influence), Infinity, alpha),
    key,
    influence: part.influence,
  });
  if (by === 'SIMPLE') return { effects: [], overall: finish(0, 'overall', weigh(since)) };
  const keyOf = {
    EVENT: ({ group, period }: GroupTimeEffect) => period - group,
    GROUP: ({ group }: GroupTimeEffect) => group,
    CALENDAR: ({ period }: GroupTimeEffect) => period,
  }[by];
  const used = by === 'EVENT' ? result.effects : since;
  const keys = [...new Set(used.map(keyOf))].sort((a, b) => a - b);
  const effects = keys.map((key) => {
    const members = used.filter((effect) => keyOf(effect) === key);
    return finish(key, `${by.toLowerCase()} ${key}`, by === 'GROUP' ? evenly(members) : weigh(members));
  });
  const counted = by === 'EVENT' ? effects.filter(({ key }) => key >= 0) : effects;
  const overall = by === 'GROUP' ? weigh(counted.map((effect) => asGroup(effect))) : evenly(counted);
  return { effects, overall: finish(0, 'overall', overall) };
}

/** A whole group's average in the shape of one of its effects. */
function asGroup(effect: AggregateEffect): GroupTimeEffect {
  return { ...effect, group: effect.key, period: effect.key };
}

function evenly(parts: readonly Part[]): Part {
  const influence = new Float64Array(parts[0]!.influence.length);
  for (const part of parts) addScaled(influence, part.influence, 1 / parts.length);
  return { estimate: parts.reduce((sum, { estimate }) => sum + estimate, 0) / parts.length, influence };
}

function byGroupSize({ panel }: Staggered, effects: readonly GroupTimeEffect[]): Part {
  const { firstTreated, units } = panel;
  const shares = effects.map(({ group }) => firstTreated.filter((start) => start === group).length / units);
  const total = sumOf(shares);
  const estimate = effects.reduce((sum, effect, k) => sum + (shares[k]! / total) * effect.estimate, 0);
  const influence = new Float64Array(units);
  effects.forEach((effect, k) => {
    addScaled(influence, effect.influence, shares[k]! / total);
    // How one more unit in this group would shift the weights; the shares' own means drop out of the sum.
    const shift = (effect.estimate - estimate) / total;
    for (let u = 0; u < units; u++) {
      influence[u] = influence[u]! + shift * ((firstTreated[u] === effect.group ? 1 : 0) - shares[k]!);
    }
  });
  return { estimate, influence };
}
