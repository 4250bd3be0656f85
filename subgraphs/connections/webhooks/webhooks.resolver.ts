import { publicUrl } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import type {
  MutationCreateWebhookEndpointArgs,
  MutationDeleteWebhookEndpointArgs,
  MutationReplayDeliveryArgs,
  MutationReplayFailedDeliveriesArgs,
  MutationRotateWebhookSecretArgs,
  QueryWebhookEndpointArgs,
  QueryWebhookEndpointsArgs,
  SubscriptionWebhookDeliveredArgs,
  WebhookEndpointDeliveriesArgs,
} from '../schema.generated.ts';
import { unpack } from './body.ts';
import {
  createEndpoint,
  deleteEndpoint,
  replayDelivery,
  replayFailed,
  rotateSecret,
  type Opened,
} from './endpoint.service.ts';
import type { EndpointRow, SecretRow } from './tables.ts';
import {
  contentLoader,
  endpointLoader,
  followDeliveries,
  listDeliveries,
  listEndpoints,
  secretsLoader,
  waitingLoader,
  type DeliveredStep,
  type ListedDelivery,
} from './webhooks.view.ts';

async function opened(context: Context, { id, secret }: Opened) {
  return { endpoint: await endpointLoader(context).load(id), secret };
}

export const webhookResolvers = {
  Query: {
    webhookEndpoints: (_: unknown, { connectionId }: QueryWebhookEndpointsArgs, context: Context) =>
      listEndpoints(context, connectionId ?? null),
    webhookEndpoint: (_: unknown, { id }: QueryWebhookEndpointArgs, context: Context) =>
      endpointLoader(context).load(id),
  },
  Mutation: {
    createWebhookEndpoint: async (_: unknown, { input }: MutationCreateWebhookEndpointArgs, context: Context) =>
      opened(context, await createEndpoint(context, input)),
    rotateWebhookSecret: async (_: unknown, { input }: MutationRotateWebhookSecretArgs, context: Context) =>
      opened(context, await rotateSecret(context, input)),
    deleteWebhookEndpoint: async (_: unknown, { id }: MutationDeleteWebhookEndpointArgs, context: Context) => ({
      endpointId: await deleteEndpoint(context, id),
    }),
    replayDelivery: async (_: unknown, { id }: MutationReplayDeliveryArgs, context: Context) => ({
      count: await replayDelivery(context, id),
    }),
    replayFailedDeliveries: async (
      _: unknown,
      { endpointId }: MutationReplayFailedDeliveriesArgs,
      context: Context,
    ) => ({ count: await replayFailed(context, endpointId) }),
  },
  Subscription: {
    webhookDelivered: {
      subscribe: (_: unknown, args: SubscriptionWebhookDeliveredArgs, context: Context) =>
        followDeliveries(context, args),
      resolve: (step: DeliveredStep) => step,
    },
  },
  WebhookEndpoint: {
    url: ({ public_id: publicId }: EndpointRow, _: unknown, { runtime }: Context) =>
      `${publicUrl(runtime.config).replace(/\/$/, '')}/webhooks/${publicId}`,
    connection: (row: EndpointRow, _: unknown, context: Context) => connectionLoader(context).load(row.connection_id),
    secrets: (row: EndpointRow, _: unknown, context: Context) => secretsLoader(context).load(row.id),
    createdAt: (row: EndpointRow) => row.created_at,
    lastDeliveryAt: (row: EndpointRow) => row.last_delivery_at,
    waiting: (row: EndpointRow, _: unknown, context: Context) => waitingLoader(context).load(row.id),
    refusedAt: (row: EndpointRow) => row.refused_at,
    deliveries: (row: EndpointRow, args: WebhookEndpointDeliveriesArgs, context: Context) =>
      listDeliveries(context, row.id, args),
  },
  WebhookSecret: {
    createdAt: (row: SecretRow) => row.created_at,
    expiresAt: (row: SecretRow) => row.expires_at,
  },
  WebhookDelivery: {
    eventId: (row: ListedDelivery) => row.event_id,
    receivedAt: (row: ListedDelivery) => row.received_at,
    handledAt: (row: ListedDelivery) => row.handled_at,
    rowsStored: (row: ListedDelivery) => row.rows_stored,
    rowsRefused: (row: ListedDelivery) => row.rows_refused,
    body: async (row: ListedDelivery, _: unknown, context: Context) =>
      (await unpack(await contentLoader(context).load(row.id))).toString('utf8').toWellFormed(),
  },
};
