import { defineReproducible } from '../reproduction/reproducible.ts';
import { requireFinished } from '../runs/run-view.ts';
import { attributionRuns } from './attribution.runs.ts';
import { compareResults } from './compare-results.pure.ts';
import { computeInPool } from './compute-in-pool.ts';
import { readJourneys } from './read-journeys.ts';

/** Attribution runs computed again. When the data has become unusable, everything credited counts as difference. */
export const reproducibleAttribution = defineReproducible({
  finished: (context, id) => requireFinished(attributionRuns, context, id),
  async again(context, { settings, inputs, results }) {
    const { journeys } = await readJourneys(context, settings);
    const { dataHash, attribution } = await computeInPool(journeys, settings, context.signal);
    const now = attribution.kind === 'computed' ? attribution.results : [];
    return { sameData: dataHash === inputs?.dataHash, ...compareResults(results, now) };
  },
});
