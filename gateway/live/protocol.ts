/** Why a socket was closed, in the codes of graphql-transport-ws and, from 4400 on, our own. */
export const closeCode = {
  goingAway: 1001,
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  notAcceptable: 4406,
  initialisationTimeout: 4408,
  duplicateId: 4409,
  /** The client does not read what it asked for. It may come back and resume from its cursor. */
  tooSlow: 4413,
  tooMany: 4429,
} as const;

export const subprotocol = 'graphql-transport-ws';

export interface SubscribePayload {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown> | null;
}

export type ClientMessage =
  | { type: 'connection_init'; payload?: Record<string, unknown> }
  | { type: 'ping' | 'pong' }
  | { type: 'complete'; id: string }
  | { type: 'subscribe'; id: string; payload: SubscribePayload };

/** Reads a message of a client; null when it is none. */
export function readMessage(text: string): ClientMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  switch (value.type) {
    case 'connection_init':
      return { type: 'connection_init', payload: isRecord(value.payload) ? value.payload : {} };
    case 'ping':
    case 'pong':
      return { type: value.type };
    case 'complete':
      return isId(value.id) ? { type: 'complete', id: value.id } : null;
    case 'subscribe': {
      const payload = readSubscribe(value.payload);
      return isId(value.id) && payload ? { type: 'subscribe', id: value.id, payload } : null;
    }
    default:
      return null;
  }
}

function readSubscribe(value: unknown): SubscribePayload | null {
  if (!isRecord(value) || typeof value.query !== 'string') return null;
  const { query, operationName, variables } = value;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return null;
  return { query, operationName: operationName ?? undefined, variables };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 128;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
