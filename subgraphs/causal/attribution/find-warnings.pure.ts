import type { JourneySummary } from './attribute-journeys.pure.ts';
import { shareOf } from './compare-models.pure.ts';
import { unitNames, type AttributionSettings } from './settings.pure.ts';

/** Below this many conversions per channel, credits mostly follow chance. */
const conversionsPerUnit = 10;
const largeUnattributedShare = 0.2;

/** What makes the results of a run less than they look, in plain words. */
export function findWarnings(
  summary: JourneySummary,
  settings: AttributionSettings,
  { units, untimedJourneys }: { units: number; untimedJourneys: number },
): string[] {
  const unit = unitNames[settings.unit];
  const markov = settings.models.includes('MARKOV');
  const unattributedShare = shareOf(summary.unattributed, summary.conversions);
  const candidates: [boolean, string][] = [
    [units === 1, `There is only one ${unit}; every model gives it everything.`],
    [
      summary.conversions < conversionsPerUnit * units,
      `There are few conversions (${count(summary.conversions)} for ${units} ${unit}s); small differences are chance.`,
    ],
    [
      markov && settings.includeNulls && summary.nulls === 0,
      'No journey without conversion is known, so the Markov model cannot tell what makes journeys fail.',
    ],
    [
      untimedJourneys > 0 && settings.windowDays !== null,
      `${count(untimedJourneys)} journeys without times are left out, because the window cannot be applied to them.`,
    ],
    [
      untimedJourneys > 0 && settings.windowDays === null && settings.models.includes('TIME_DECAY'),
      `${count(untimedJourneys)} journeys have no times; time decay counts one day per touch for them.`,
    ],
    [
      unattributedShare > largeUnattributedShare,
      `${count(100 * unattributedShare)} % of the conversions have no touch inside the window and are not attributed.`,
    ],
  ];
  return candidates.filter(([applies]) => applies).map(([, warning]) => warning);
}

function count(figure: number): string {
  return figure.toLocaleString('en', { maximumFractionDigits: 1 });
}
