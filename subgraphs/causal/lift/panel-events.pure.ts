import { eventStudy } from '../did/event-study.pure.ts';
import { infer } from '../did/inference.pure.ts';
import type { Panel } from '../did/panel.pure.ts';
import type { LiftEvent, ParallelTrends } from './lift-result.pure.ts';
import { difference, type Judging } from './panel-paths.pure.ts';

const significant = 0.05;
/** Cells of the regression that is still worth its time. */
const mostCells = 2_000_000;

export interface PanelEvents {
  readonly events: LiftEvent[];
  readonly trends: ParallelTrends | null;
}

/**
 * Effects by periods since the one start of a panel. Where there are fewer effects than units, by regression with a joint
 * test of those before the start. Otherwise no such test exists: effects are then differences of mean changes, which is
 * what the regression gives too, and the trends before the start are compared by their slopes.
 */
export function eventsOfPanel(panel: Panel, pre: number, judging: Judging): PanelEvents {
  const { units, periods, outcome } = panel;
  if (periods.length < 3) return { events: [], trends: null };
  if (periods.length < units && outcome.length * periods.length <= mostCells) {
    const { effects, parallelTrends } = eventStudy(panel, judging.alpha);
    const events = effects.map((effect) => eventOf(effect.event, effect));
    return { events, trends: parallelTrends && judgeTrends(parallelTrends) };
  }
  const places = Array.from(periods.keys()).filter((place) => place !== pre - 1);
  return {
    events: places.map((place) => eventOf(place - pre, change(panel, place, pre - 1, judging))),
    trends: pre < 3 ? null : judgeTrends(slopes(panel, pre, judging)),
  };
}

type Inferred = Pick<LiftEvent, 'estimate' | 'low' | 'high' | 'pValue'>;

function eventOf(event: number, { estimate, low, high, pValue }: Inferred): LiftEvent {
  return { event, estimate, low, high, pValue, bandLow: null, bandHigh: null };
}

function change({ units, outcome, firstTreated }: Panel, place: number, base: number, judging: Judging): Inferred {
  const changes = Float64Array.from(
    { length: units },
    (_, unit) => outcome[place * units + unit]! - outcome[base * units + unit]!,
  );
  return inferred(changes, firstTreated, judging);
}

function inferred(values: Float64Array, firstTreated: Float64Array, { df, alpha, factor }: Judging): Inferred {
  const { value, error } = difference(values, firstTreated);
  if (error === 0) return { estimate: value, low: value, high: value, pValue: 1 };
  return infer('difference', value, error * Math.sqrt(factor), df, alpha);
}

/** Difference of the mean slopes before the start of treated and untreated units. */
function slopes(panel: Panel, pre: number, judging: Judging): { pValue: number; effects: number } {
  const { units, outcome, firstTreated } = panel;
  const middle = (pre - 1) / 2;
  let squares = 0;
  for (let place = 0; place < pre; place++) squares += (place - middle) ** 2;
  const own = Float64Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let place = 0; place < pre; place++) sum += (place - middle) * outcome[place * units + unit]!;
    return sum / squares;
  });
  return { pValue: inferred(own, firstTreated, judging).pValue, effects: 1 };
}

/** Says what a test that nothing moved before the treatment allows. */
export function judgeTrends({ pValue, effects }: { pValue: number; effects: number }): ParallelTrends {
  const conclusion =
    pValue < significant
      ? 'Treated and untreated units moved apart before the treatment: the effect may be that and not the treatment.'
      : 'Nothing shows that treated and untreated units moved apart before the treatment, which does not prove that they would have moved alike after it.';
  return { pValue, effects, conclusion };
}
