import { z } from 'zod';
import { defineStream } from '../connector.ts';
import { nextTokenOf, resultsOf, search } from './query.ts';

const figure = z.number().optional();

const liftRow = z.looseObject({
  liftMeasurementConfig: z.looseObject({ liftMeasurementConfigId: z.string(), name: z.string().optional() }),
  segments: z.looseObject({
    conversionLiftStartDate: z.string().optional(),
    conversionLiftEndDate: z.string().optional(),
  }),
  metrics: z
    .looseObject({
      incrementalConversions: figure,
      incrementalConversionsP90LowerBound: figure,
      incrementalConversionsP90UpperBound: figure,
      incrementalConversionValue: figure,
      relativeConversionLift: figure,
      relativeConversionLiftP90LowerBound: figure,
      relativeConversionLiftP90UpperBound: figure,
    })
    .default({}),
});

// The field `campaigns` of a study is left out: asking for it has made the platform fail.
const query = `SELECT lift_measurement_config.lift_measurement_config_id, lift_measurement_config.name,
  segments.conversion_lift_start_date, segments.conversion_lift_end_date,
  metrics.incremental_conversions, metrics.incremental_conversions_p90_lower_bound,
  metrics.incremental_conversions_p90_upper_bound, metrics.incremental_conversion_value,
  metrics.relative_conversion_lift, metrics.relative_conversion_lift_p90_lower_bound,
  metrics.relative_conversion_lift_p90_upper_bound FROM lift_measurement_config`;

/** What experiments of the platform say its advertising caused, with bounds: a prior and a cross-check for models. */
export const liftStudies = defineStream<z.infer<typeof liftRow>>({
  name: 'lift_studies',
  title: 'Conversion lift, as Google measures it in experiments',
  delivers: ['items'],
  basis: 'claimed',
  key: ['liftMeasurementConfig.liftMeasurementConfigId', 'segments.conversionLiftStartDate'],
  row: liftRow,
  cursor: { by: 'none' },
  pageSize: 0,
  request: ({ account }, at) => search(account, query, at),
  rows: resultsOf,
  next: nextTokenOf,
  map: ({ liftMeasurementConfig: study, segments, metrics }, { account }) => {
    const { conversionLiftStartDate: first, conversionLiftEndDate: last } = segments;
    // A study without an end is not evaluated yet.
    if (!first || !last) return null;
    const details = {
      study: study.name ?? study.liftMeasurementConfigId,
      from: first,
      to: last,
      incrementalConversions: metrics.incrementalConversions ?? 0,
      incrementalConversionsLow: metrics.incrementalConversionsP90LowerBound ?? null,
      incrementalConversionsHigh: metrics.incrementalConversionsP90UpperBound ?? null,
      incrementalRevenue: metrics.incrementalConversionValue ?? 0,
      relativeLift: metrics.relativeConversionLift ?? 0,
      relativeLiftLow: metrics.relativeConversionLiftP90LowerBound ?? null,
      relativeLiftHigh: metrics.relativeConversionLiftP90UpperBound ?? null,
    };
    const key = `${account.id}/${study.liftMeasurementConfigId}/${first}`;
    const at = new Date(`${last}T12:00:00Z`);
    return { items: [{ key, kind: 'lift', date: last, occurredAt: at, updatedAt: null, channel: null, details }] };
  },
});
