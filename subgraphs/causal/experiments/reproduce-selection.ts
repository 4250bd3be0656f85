import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { requireFinished } from '../runs/run-view.ts';
import { marketSelections } from './market-selection.runs.ts';
import { readRegions } from './read-regions.ts';
import { searchMarkets } from './search-markets.ts';

/** Searches for markets made again. */
export const reproducibleSelection = defineReproducible({
  finished: (context, id) => requireFinished(marketSelections, context, id),
  async again(context, { settings, inputs, designs }, report) {
    const { read, inputs: now } = await readRegions(context, settings, { ...settings, channel: null });
    const found = await searchMarkets(read.panel, settings, context.signal, report);
    return compareOutcomes(designs, found, now.dataHash === inputs?.dataHash);
  },
});
