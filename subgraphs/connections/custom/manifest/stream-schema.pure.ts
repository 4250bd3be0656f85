import { z } from 'zod';
import { exact, path, shortText, type languageFields, type MappedValue } from './fields.pure.ts';

type Fields = ReturnType<typeof languageFields>;

export const fieldTypes = ['text', 'number', 'integer', 'boolean', 'date', 'instant', 'list', 'object', 'any'] as const;

const fieldType = z
  .string()
  .regex(
    new RegExp(`^(?:${fieldTypes.join('|')})\\??$`),
    `A type is ${fieldTypes.join(', ')}; a ? behind it allows it to be missing or null.`,
  );

export const itemKinds = ['order', 'refund', 'payment', 'contact', 'deal', 'message', 'event', 'lift'] as const;

/** Kinds that stand in the manifest itself; those that a platform sends are looked at with each row. */
function knownKind(value: MappedValue, context: z.core.$RefinementCtx<MappedValue>): void {
  const written = typeof value === 'object' && value !== null && 'map' in value ? Object.values(value.map) : [value];
  const wrong = written.find((kind) => !isTemplate(kind) && !(itemKinds as readonly unknown[]).includes(kind));
  if (wrong !== undefined) {
    const message = `${String(wrong)} is no kind of item; there are ${itemKinds.join(', ')}.`;
    context.addIssue({ code: 'custom', message });
  }
}

function isTemplate(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === 'string' && value.includes('{{'));
}

const days = (least: number, most: number) => z.int().min(least).max(most);

const cursor = z.discriminatedUnion('by', [
  exact({
    by: z.literal('day'),
    look_back_days: days(0, 400).optional(),
    window_days: days(1, 366).optional(),
    history_days: days(1, 3653).optional(),
    late_hours: days(0, 168).optional(),
  }),
  exact({
    by: z.literal('update'),
    overlap_seconds: z.int().min(0).max(604_800).optional(),
    window_days: days(1, 366).optional(),
    history_days: days(1, 3653).optional(),
    late_hours: days(0, 168).optional(),
  }),
  exact({ by: z.literal('none') }),
]);

function pagingSchema({ expression }: Fields) {
  const parameter = z.string().min(1).max(100);
  const answer = expression('answer');
  return z.discriminatedUnion('type', [
    exact({ type: z.literal('none') }),
    exact({ type: z.literal('next_link'), next: answer, size_parameter: parameter.optional() }),
    exact({ type: z.literal('link_header'), size_parameter: parameter.optional() }),
    exact({
      type: z.literal('cursor'),
      next: answer,
      parameter: parameter.optional(),
      more: answer.optional(),
      size_parameter: parameter.optional(),
    }),
    exact({
      type: z.literal('page'),
      parameter: parameter.optional(),
      first: z.int().min(0).max(1).optional(),
      last: answer.optional(),
      more: answer.optional(),
      size_parameter: parameter.optional(),
    }),
    exact({
      type: z.literal('offset'),
      parameter: parameter.optional(),
      total: answer.optional(),
      more: answer.optional(),
      size_parameter: parameter.optional(),
    }),
  ]);
}

function oneOrMany<T extends z.ZodType>(one: T) {
  // An object is one of them; told apart by hand, so that what is wrong inside is named.
  return z.preprocess(
    (input) => (Array.isArray(input) || input === undefined ? input : [input]),
    z.array(one).min(1).max(10),
  );
}

/** What rows become. */
function deliverySchemas({ value, money, expression }: Fields) {
  const each = { each: expression('row').optional(), where: expression('row').optional() };
  const name = value.optional();
  const names = { campaign: name, ad_group: name, ad: name, region: name };
  const figures = {
    currency: value.optional(),
    spend: money.optional(),
    impressions: value.optional(),
    clicks: value.optional(),
    conversions: value.optional(),
    revenue: money.optional(),
  };
  return {
    facts: oneOrMany(exact({ ...each, date: value, entity: value, channel: value.optional(), ...names, ...figures })),
    items: oneOrMany(
      exact({
        ...each,
        key: value.optional(),
        kind: value.superRefine(knownKind),
        occurred_at: value,
        updated_at: value.optional(),
        deleted: expression('row').optional(),
        date: value.optional(),
        channel: value.optional(),
        ...names,
        ...figures,
        details: z.record(z.string().max(100), value).optional(),
      }),
    ),
    journeys: oneOrMany(
      exact({
        ...each,
        key: value,
        date: value,
        currency: value.optional(),
        conversions: value.optional(),
        nulls: value.optional(),
        value: money.optional(),
        touches: exact({
          each: expression('row'),
          channel: value,
          campaign: value.optional(),
          at: value.optional(),
          converted_at: value.optional(),
        }),
      }),
    ),
    entities: oneOrMany(
      exact({ ...each, type: value, id: value, name: value, parent: value.optional(), status: value.optional() }),
    ),
  };
}

/** One kind of data. */
export function streamSchema(fields: Fields, name: z.ZodString) {
  const { expression, moneySum, request } = fields;
  const delivers = deliverySchemas(fields);
  const sum = expression('answer').optional();
  return exact({
    name,
    title: shortText,
    basis: z.enum(['claimed', 'booked', 'paid']).optional(),
    scopes: z.array(z.string().min(1).max(300)).max(50).optional(),
    request: request('request'),
    page_size: z.int().min(1).max(10_000).optional(),
    rows: expression('answer').optional(),
    paging: pagingSchema(fields).optional(),
    cursor,
    key: z.array(path).min(1, 'Name the fields that tell one row from another.').max(10),
    schema: z.record(path, fieldType).optional(),
    where: expression('row').optional(),
    report: exact({
      create: request('request'),
      id: expression('answer'),
      poll: request('request'),
      done: expression('answer'),
      failed: expression('answer').optional(),
      result: expression('answer').optional(),
      poll_seconds: z.number().min(0.1).max(3600).optional(),
      give_up_minutes: z.int().min(1).max(1440).optional(),
    }).optional(),
    cut_off: exact({ when: expression('answer'), message: z.string().min(1).max(300).optional() }).optional(),
    totals: exact({
      request: request('request'),
      rows: sum,
      spend: moneySum('answer').optional(),
      impressions: sum,
      clicks: sum,
      conversions: sum,
      revenue: moneySum('answer').optional(),
    }).optional(),
    facts: delivers.facts.optional(),
    items: delivers.items.optional(),
    journeys: delivers.journeys.optional(),
    entities: delivers.entities.optional(),
  });
}
