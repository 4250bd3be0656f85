import { defineRunJob } from '../runs/run-job.ts';
import { marketSelections } from './market-selection.runs.ts';
import { readRegions } from './read-regions.ts';
import { searchMarkets } from './search-markets.ts';

/** Searches markets in a worker thread. */
export const marketSelectionJob = defineRunJob(marketSelections, {
  type: 'causal.marketSelection',
  timeoutSeconds: 1800,
  async compute(context, { settings }, report) {
    const { read, inputs } = await readRegions(context, settings, { ...settings, channel: null });
    context.logLine('info', `${inputs.regions.length} markets over ${inputs.days} days were read.`);
    const begin = performance.now();
    const designs = await searchMarkets(read.panel, settings, context.signal, report);
    return {
      columns: {
        inputs: JSON.stringify(inputs),
        designs: JSON.stringify(designs),
        warnings: JSON.stringify(read.warnings),
      },
      computeMillis: performance.now() - begin,
      summary: `Markets were selected among ${inputs.regions.length}.`,
    };
  },
});
