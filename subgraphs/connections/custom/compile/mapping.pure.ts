import type { Entity, Fact, Item, Json, Mapped, Slice } from '../../platforms/connector.ts';
import { RowRefusal } from '../../platforms/row-refusal.ts';
import type { Journey } from '../../csv/journey-columns.pure.ts';
import type { Scope } from '../language/evaluate.pure.ts';
import { follow } from '../language/evaluate.pure.ts';
import { ValueProblem } from '../language/problem.pure.ts';
import { plainText } from '../language/values.pure.ts';
import type { MappedValue } from '../manifest/fields.pure.ts';
import type { ManifestStream } from '../manifest/schema.pure.ts';
import { itemKinds } from '../manifest/stream-schema.pure.ts';
import { columns } from './columns.pure.ts';
import { compileJourney } from './journey.pure.ts';
import { sliceScope } from './scope.pure.ts';
import { compileCondition, compileExpression, listFrom, type Compiled } from './values.pure.ts';

type Delivery<T extends 'facts' | 'items' | 'journeys' | 'entities'> = NonNullable<ManifestStream[T]>[number];

/** Members of a list in a row beyond this refuse the row. */
const mostMembers = 10_000;

/** What a row becomes; null for rows that the stream leaves out. Throws RowRefusal. */
export function compileMapping(stream: ManifestStream, channel: string): (row: unknown, slice: Slice) => Mapped | null {
  const wanted = compileCondition(stream.where);
  const facts = forEach(stream.facts, (fact) => compileFact(fact, channel));
  const items = forEach(stream.items, (item) => compileItem(item, stream.key));
  const journeys = forEach(stream.journeys, (journey): Compiled<Journey> => compileJourney(journey));
  const entities = forEach(stream.entities, compileEntity);
  let known: { slice: Slice; scope: Scope } | null = null;
  return (row, slice) => {
    if (known?.slice !== slice) known = { slice, scope: sliceScope(slice) };
    const scope = { ...known.scope, names: { ...known.scope.names, row } };
    return refusing(() => {
      if (!wanted(scope)) return null;
      const mapped: Mapped = {
        ...(facts ? { facts: facts(scope) } : {}),
        ...(items ? { items: items(scope) } : {}),
        ...(journeys ? { journeys: journeys(scope) } : {}),
        ...(entities ? { entities: entities(scope) } : {}),
      };
      return mapped;
    });
  };
}

/** What goes wrong in conditions and lists, which are no columns. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ValueProblem) throw new RowRefusal('', error.code, error.message, error.value);
    throw error;
  }
}

/** Applies mappings to a row, or to each member of a list in it. */
function forEach<D extends { each?: string | undefined; where?: string | undefined }, T>(
  deliveries: readonly D[] | undefined,
  compile: (delivery: D) => Compiled<T>,
): Compiled<T[]> | null {
  if (!deliveries) return null;
  const compiled = deliveries.map((delivery) => {
    const one = compile(delivery);
    const wanted = compileCondition(delivery.where);
    const each = delivery.each === undefined ? null : compileExpression(delivery.each);
    return (scope: Scope): T[] => {
      if (!each) return wanted(scope) ? [one(scope)] : [];
      const members = listFrom(each(scope));
      if (members.length > mostMembers) {
        throw new RowRefusal('', 'TOO_LONG', `A row has more than ${mostMembers} members.`, null);
      }
      return members
        .map((item) => ({ ...scope, names: { ...scope.names, item } }))
        .filter((inner) => wanted(inner))
        .map((inner) => one(inner));
    };
  });
  return (scope) => compiled.flatMap((all) => all(scope));
}

type Figures = Pick<
  Delivery<'facts'>,
  | 'campaign'
  | 'ad_group'
  | 'ad'
  | 'region'
  | 'currency'
  | 'spend'
  | 'impressions'
  | 'clicks'
  | 'conversions'
  | 'revenue'
>;

function compileFigures(figures: Figures) {
  const campaign = columns.text('campaign', figures.campaign);
  const adGroup = columns.text('ad_group', figures.ad_group);
  const ad = columns.text('ad', figures.ad);
  const region = columns.text('region', figures.region);
  const currency = columns.text('currency', figures.currency);
  const spend = columns.money('spend', figures.spend);
  const impressions = columns.number('impressions', figures.impressions);
  const clicks = columns.number('clicks', figures.clicks);
  const conversions = columns.number('conversions', figures.conversions);
  const revenue = columns.money('revenue', figures.revenue);
  return (scope: Scope) => {
    const code = currency(scope)?.toUpperCase();
    return {
      campaign: campaign(scope),
      adGroup: adGroup(scope),
      ad: ad(scope),
      region: region(scope),
      ...(code === undefined ? {} : { currency: code }),
      spend: spend(scope) ?? 0n,
      impressions: impressions(scope) ?? 0,
      clicks: clicks(scope) ?? 0,
      conversions: conversions(scope) ?? 0,
      revenue: revenue(scope) ?? 0n,
    };
  };
}

function compileFact(fact: Delivery<'facts'>, usualChannel: string): Compiled<Fact> {
  const date = columns.requiredDay('date', fact.date);
  const entity = columns.requiredText('entity', fact.entity);
  const channel = columns.text('channel', fact.channel);
  const figures = compileFigures(fact);
  return (scope) => ({
    date: date(scope),
    entity: inAccount(entity(scope), scope),
    channel: channel(scope) ?? usualChannel,
    ...figures(scope),
  });
}

function compileItem(item: Delivery<'items'>, keyPaths: readonly string[]): Compiled<Item> {
  const key = item.key === undefined ? keyOf(keyPaths) : columns.requiredText('key', item.key);
  const kind = columns.requiredText('kind', item.kind);
  const occurredAt = columns.requiredInstant('occurred_at', item.occurred_at);
  const updatedAt = columns.instant('updated_at', item.updated_at);
  const deleted = item.deleted === undefined ? null : compileCondition(item.deleted);
  const date = columns.day('date', item.date);
  const channel = columns.text('channel', item.channel);
  const figures = compileFigures(item);
  const details = compileDetails(item.details ?? {});
  return (scope) => {
    const day = date(scope);
    return {
      key: inAccount(key(scope), scope),
      kind: kindFrom(kind(scope)),
      occurredAt: occurredAt(scope),
      updatedAt: updatedAt(scope),
      ...(deleted ? { deleted: deleted(scope) } : {}),
      ...(day === null ? {} : { date: day }),
      channel: channel(scope),
      ...figures(scope),
      details: details(scope),
    };
  };
}

function kindFrom(text: string): Item['kind'] {
  const kind = itemKinds.find((candidate) => candidate === text);
  if (kind) return kind;
  throw new RowRefusal(
    'kind',
    'BAD_SHAPE',
    `kind: There is no kind of item called ${text.slice(0, 100)}.`,
    text.slice(0, 200),
  );
}

/** The fields that tell one row from another, as one text. */
function keyOf(paths: readonly string[]): Compiled<string> {
  const steps = paths.map((path) => path.split('.'));
  return ({ names }) => steps.map((path) => plainText(follow(names['row'], path))).join('/');
}

/** Platforms number things within an account, and connections have several. */
function inAccount(key: string, { names }: Scope): string {
  return `${(names['account'] as { id: string }).id}/${key}`;
}

function compileDetails(details: Readonly<Record<string, MappedValue>>): Compiled<Record<string, Json>> {
  const compiled = Object.entries(details).map(
    ([name, value]) => [name, columns.any(`details.${name}`, value)] as const,
  );
  return (scope) => Object.fromEntries(compiled.map(([name, value]) => [name, jsonOf(value(scope))]));
}

function jsonOf(value: unknown): Json {
  if (value instanceof Date || typeof value === 'bigint') return plainText(value);
  return (value ?? null) as Json;
}

function compileEntity(entity: Delivery<'entities'>): Compiled<Entity> {
  const type = columns.requiredText('type', entity.type);
  const id = columns.requiredText('id', entity.id);
  const name = columns.text('name', entity.name);
  const parent = columns.text('parent', entity.parent);
  const status = columns.text('status', entity.status);
  return (scope) => {
    const found = id(scope);
    return { type: type(scope), id: found, name: name(scope) ?? found, parent: parent(scope), status: status(scope) };
  };
}
