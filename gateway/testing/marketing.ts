import { AppError } from '@liftos/core/errors.ts';
import { EventEmitter, on } from 'node:events';
import type { RequestContext } from '../sources/data-source.ts';
import type { FixtureSubgraph } from './fixture.ts';

export interface CampaignEvent {
  sequence: number;
  campaignId: string;
  organizationId: string;
}

/** What the subgraphs of `marketing` share with the test. */
export interface MarketingWorld {
  /** Appends an event and tells everyone who follows. Gives its sequence number. */
  emit(campaignId: string, organizationId?: string): number;
  events: CampaignEvent[];
  /** Subscriptions open in the subgraph. */
  following: number;
  /** Calls per resolver, e.g. `Campaign.owner`. */
  calls: Map<string, number>;
  /** Set to make the ledger misbehave. */
  ledger: { fail?: Error; hang?: boolean };
}

const campaigns = new Map([
  ['c1', { id: 'c1', name: 'Autumn', ownerId: 'p1' }],
  ['c2', { id: 'c2', name: 'Winter', ownerId: 'p2' }],
  ['c3', { id: 'c3', name: 'Orphan', ownerId: null }],
] as const);

/** Three subgraphs: campaigns owns events, people owns owners, ledger owns spend. */
export function marketing(): { world: MarketingWorld; subgraphs: Record<string, FixtureSubgraph> } {
  const bus = new EventEmitter().setMaxListeners(0);
  const world: MarketingWorld = {
    events: [],
    following: 0,
    calls: new Map(),
    ledger: {},
    emit(campaignId, organizationId = 'o1') {
      const event = { sequence: world.events.length + 1, campaignId, organizationId };
      world.events.push(event);
      bus.emit('event', event);
      return event.sequence;
    },
  };
  return {
    world,
    subgraphs: { campaigns: campaignsGraph(world, bus), people: peopleGraph(world), ledger: ledgerGraph(world) },
  };
}

function count(world: MarketingWorld, name: string): void {
  world.calls.set(name, (world.calls.get(name) ?? 0) + 1);
}

async function* follow(
  world: MarketingWorld,
  bus: EventEmitter,
  after: number | null | undefined,
  { signal, principal }: RequestContext,
): AsyncGenerator<{ campaignChanged: CampaignEvent }> {
  const live = on(bus, 'event', { signal });
  let last = after ?? world.events.length;
  world.following++;
  try {
    for (const event of world.events.slice(last)) {
      last = event.sequence;
      if (event.organizationId === principal.organizationId) yield { campaignChanged: { ...event } };
    }
    for await (const [event] of live as AsyncIterable<[CampaignEvent]>) {
      if (event.sequence <= last || event.organizationId !== principal.organizationId) continue;
      last = event.sequence;
      yield { campaignChanged: { ...event } };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    world.following--;
  }
}

const campaignsSdl = `
      type Query {
        campaign(id: ID!): Campaign
        campaigns(first: Int = 10): [Campaign!]!
        open: String!
        secret: String! @requiresScopes(scopes: [["campaigns:secret"], ["admin", "root"]])
        mine: String! @authenticated
        slow: String
        broken: String
        refused: String
        cookie: String
      }
      type Mutation {
        signIn(name: String!): String!
        signOut: Boolean
        rename(id: ID!, name: String!): Campaign! @requiresScopes(scopes: [["campaigns:write"]])
      }
      type Subscription {
        campaignChanged(after: Int): CampaignEvent!
        tick: Int! @authenticated
        hello: String @tag(name: "personal")
        never: Int
      }
      type CampaignEvent { sequence: Int! campaign: Campaign! }
      type Campaign @key(fields: "id") { id: ID! name: String! owner: Person }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
    `;

function campaignsGraph(world: MarketingWorld, bus: EventEmitter): FixtureSubgraph {
  return {
    typeDefs: campaignsSdl,
    resolvers: {
      Query: queries(world),
      Mutation: mutations(world),
      Subscription: subscriptions(world, bus),
      CampaignEvent: { campaign: ({ campaignId }: CampaignEvent) => campaigns.get(campaignId as 'c1') },
      Campaign: {
        __resolveReference: ({ id }: { id: string }) => campaigns.get(id as 'c1') ?? null,
        owner: ({ ownerId }: { ownerId: string | null }) => {
          count(world, 'Campaign.owner');
          return ownerId && { id: ownerId };
        },
      },
    },
  };
}

function queries(world: MarketingWorld): Record<string, unknown> {
  return {
    campaign: (_: unknown, { id }: { id: string }) => campaigns.get(id as 'c1') ?? null,
    campaigns: (_: unknown, { first }: { first: number }) => [...campaigns.values()].slice(0, first),
    open: () => 'open',
    secret: () => 'secret',
    mine: (_: unknown, __: unknown, { principal }: RequestContext) => principal.name,
    slow: (_: unknown, __: unknown, { signal }: RequestContext) => {
      count(world, 'slow');
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          count(world, 'slow aborted');
          reject(new Error('aborted'));
        });
      });
    },
    broken: () => {
      throw new Error('select * from secrets where password = hunter2');
    },
    refused: () => {
      throw new AppError('CONFLICT', 'Somebody else was first.', { field: 'name' });
    },
    cookie: (_: unknown, __: unknown, { session }: RequestContext) => session.refreshToken ?? null,
  };
}

function mutations(world: MarketingWorld): Record<string, unknown> {
  return {
    signIn: (_: unknown, { name }: { name: string }, { session }: RequestContext) => {
      count(world, 'signIn');
      session.setRefreshToken(`refresh-${name}`);
      return name;
    },
    signOut: (_: unknown, __: unknown, { session }: RequestContext) => {
      session.setRefreshToken(null);
      return true;
    },
    rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...campaigns.get(id as 'c1'), name }),
  };
}

function subscriptions(world: MarketingWorld, bus: EventEmitter): Record<string, unknown> {
  return {
    campaignChanged: {
      subscribe: (_: unknown, { after }: { after?: number | null }, context: RequestContext) =>
        follow(world, bus, after, context),
    },
    hello: {
      subscribe: async function* (_: unknown, __: unknown, { principal, signal }: RequestContext) {
        yield { hello: principal.name };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    },
    tick: {
      subscribe: async function* () {
        yield { tick: 1 };
        yield { tick: 2 };
      },
    },
    never: {
      subscribe: () => {
        throw new AppError('FORBIDDEN', 'Not for you.');
      },
    },
  };
}

function peopleGraph(world: MarketingWorld): FixtureSubgraph {
  return {
    typeDefs: `
      type Query { person(id: ID!): Person }
      type Person @key(fields: "id") { id: ID! name: String! managed: [Campaign!]! fails: String }
      type Campaign @key(fields: "id", resolvable: false) { id: ID! }
    `,
    resolvers: {
      Query: { person: (_: unknown, { id }: { id: string }) => ({ id }) },
      Person: {
        __resolveReference: ({ id }: { id: string }) => {
          count(world, 'Person');
          return { id };
        },
        name: ({ id }: { id: string }) => `Person ${id}`,
        managed: () => [{ id: 'c1' }, { id: 'c2' }],
        fails: () => {
          throw new AppError('NOT_FOUND', 'There is no such thing.');
        },
      },
    },
  };
}

function ledgerGraph(world: MarketingWorld): FixtureSubgraph {
  return {
    typeDefs: `
      type Query { totalSpend: Float }
      type Campaign @key(fields: "id") { id: ID! name: String! @external spend(currency: String = "EUR"): Float label: String @requires(fields: "name") }
    `,
    resolvers: {
      Query: { totalSpend: () => 42 },
      Campaign: {
        __resolveReference: (reference: { id: string; name?: string }) => {
          count(world, 'ledger');
          if (world.ledger.hang) return new Promise(() => undefined);
          if (world.ledger.fail) throw world.ledger.fail;
          return reference;
        },
        spend: ({ id }: { id: string }) => Number(id.slice(1)) * 100,
        label: ({ name }: { name: string }) => `${name}!`,
      },
    },
  };
}
