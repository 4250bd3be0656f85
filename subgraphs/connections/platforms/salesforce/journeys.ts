import { z } from 'zod';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Answer, Json, Mapped, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { channelOfLead } from '../kit/lead-channel.pure.ts';
import { micros } from '../kit/money.pure.ts';
import { fieldsOf } from './accounts.ts';
import { batchRows, joined, requestOf, type Joined, type Place, type Step, type Touch } from './journey-queries.ts';
import { instant, nextOf, recordsOf } from './soql-stream.ts';

const dayMs = 86_400_000;

const opportunity = z.looseObject({
  Id: z.string(),
  Amount: z.number().nullish(),
  CurrencyIsoCode: z.string().nullish(),
  IsWon: z.boolean(),
  CloseDate: z.string(),
});
const role = z.looseObject({ OpportunityId: z.string(), ContactId: z.string() });
const named = z.looseObject({ Name: z.string().nullish(), Type: z.string().nullish() }).nullish();
const member = z.looseObject({
  ContactId: z.string(),
  HasResponded: z.boolean().nullish(),
  CreatedDate: z.string(),
  Campaign: named,
});
const lead = z.looseObject({
  ConvertedOpportunityId: z.string(),
  LeadSource: z.string().nullish(),
  CreatedDate: z.string(),
});

/** The campaigns and the source that led to each opportunity: four queries for each two hundred of them. */
export const journeys = defineStream<Joined>({
  name: 'journeys',
  title: 'What led to opportunities',
  delivers: ['journeys'],
  basis: 'booked',
  scopes: ['api'],
  key: ['id'],
  row: joined,
  cursor: { by: 'update', overlapSeconds: 600, windowDays: 90, historyDays: 1120 },
  pageSize: batchRows,
  request: (slice, at) => requestOf(slice, at as unknown as Place | null),
  rows: (answer, _, at) => {
    const place = at as unknown as Place | null;
    if (place?.step !== 'leads' || nextOf(answer) !== null) return [];
    return withLeads(place, answer).found.filter(({ touches }) => touches.length > 0);
  },
  next: (answer, slice, at) => nextPlace(answer, slice, at as unknown as Place | null) as unknown as Json,
  map: journeyOf,
});

function nextPlace(answer: Answer, slice: Slice, place: Place | null): Place | null {
  if (!place || place.step === 'opportunities') return firstStep(answer, slice);
  const collected = collect(place, answer);
  const more = nextOf(answer);
  if (more !== null) return { ...collected, more };
  if (place.step !== 'leads') return { ...collected, more: null, step: stepAfter(place.step, collected, slice) };
  return place.behind === null ? null : { ...emptyPlace, step: 'opportunities', behind: place.behind };
}

const emptyPlace = { more: null, behind: null, found: [], contacts: {} };

function firstStep(answer: Answer, slice: Slice): Place | null {
  const rows = z.array(opportunity).parse(recordsOf(answer));
  if (rows.length === 0) return null;
  const found = rows.map((row) => ({
    id: row.Id,
    isWon: row.IsWon,
    closeDate: row.CloseDate,
    amount: row.Amount ?? null,
    currency: row.CurrencyIsoCode ?? null,
    touches: [],
  }));
  const step = sees(slice, 'OpportunityContactRole') ? 'roles' : 'leads';
  return { ...emptyPlace, step, behind: nextOf(answer), found };
}

function stepAfter(step: 'roles' | 'members', { contacts }: Place, slice: Slice): Step {
  const hasMembers = step === 'roles' && Object.keys(contacts).length > 0 && sees(slice, 'CampaignMember');
  return hasMembers ? 'members' : 'leads';
}

function sees({ account }: Slice, object: 'OpportunityContactRole' | 'CampaignMember'): boolean {
  return fieldsOf(account, object).includes('ContactId');
}

function collect(place: Place, answer: Answer): Place {
  if (place.step === 'roles') {
    const roles = z.array(role).parse(recordsOf(answer));
    const contacts = { ...place.contacts };
    for (const { ContactId: contact, OpportunityId: id } of roles)
      contacts[contact] = [...(contacts[contact] ?? []), id];
    return { ...place, contacts };
  }
  return place.step === 'members' ? withMembers(place, answer) : withLeads(place, answer);
}

/** Those who never responded were addressed but not reached. */
function withMembers(place: Place, answer: Answer): Place {
  const members = z
    .array(member)
    .parse(recordsOf(answer))
    .filter((one) => one.HasResponded !== false);
  return withTouches(
    place,
    members.flatMap((one) => {
      const at = instant(one.CreatedDate).getTime();
      const touch: Touch = [channelOfLead(one.Campaign?.Type), one.Campaign?.Name ?? null, at];
      return (place.contacts[one.ContactId] ?? []).map((id) => ({ id, touch }));
    }),
  );
}

/** The source of a lead is a touch of its own, unless a campaign of that channel came first. */
function withLeads(place: Place, answer: Answer): Place {
  const leads = z
    .array(lead)
    .parse(recordsOf(answer))
    .filter(({ LeadSource: source }) => source);
  const touches = leads.map((one): { id: string; touch: Touch } => ({
    id: one.ConvertedOpportunityId,
    touch: [channelOfLead(one.LeadSource), null, instant(one.CreatedDate).getTime()],
  }));
  const known = new Map(place.found.map(({ id, touches: list }) => [id, list]));
  return withTouches(
    place,
    touches.filter(({ id, touch: [channel, , at] }) => {
      const early = known.get(id)?.filter(([, , then]) => then <= at + dayMs) ?? [];
      return !early.some(([name]) => name === channel);
    }),
  );
}

function withTouches(place: Place, touches: readonly { id: string; touch: Touch }[]): Place {
  const byId = Map.groupBy(touches, ({ id }) => id);
  const found = place.found.map((one) => ({
    ...one,
    touches: [...one.touches, ...(byId.get(one.id) ?? []).map(({ touch }) => touch)],
  }));
  return { ...place, found };
}

/** Ages count from the close date of what was won, else from the last touch. */
function journeyOf({ id, isWon, closeDate, amount, currency, touches }: Joined, { account }: Slice): Mapped | null {
  const end = isWon ? instant(`${closeDate}T23:59:59Z`).getTime() : Math.max(...touches.map(([, , at]) => at));
  const before = touches.filter(([, , at]) => at <= end).toSorted((a, b) => a[2] - b[2]);
  if (before.length === 0) return null;
  return {
    journeys: [
      {
        key: id,
        date: isWon ? closeDate : dayIn(new Date(end), account.timeZone),
        currency: currency ?? account.currency,
        conversions: isWon ? 1 : 0,
        nulls: isWon ? 0 : 1,
        value: isWon ? micros(amount) : 0n,
        touches: before.map(([channel, campaign, at]) => ({ channel, campaign, age: (end - at) / dayMs })),
      },
    ],
  };
}
