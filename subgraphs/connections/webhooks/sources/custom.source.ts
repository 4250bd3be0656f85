import { createHash } from 'node:crypto';
import { standard } from '../schemes/standard.pure.ts';
import { timestamped, signatureHeader } from '../schemes/timestamped.pure.ts';
import { customStreams } from './custom-streams.ts';
import { fieldOf, textOf, type FoundRow, type Notice, type Reading, type WebhookSource } from './webhook-source.ts';

const names = customStreams.map(({ name }) => name);
const mostRows = 5000;

/** What one sends us in the form of docs/webhooks.md: lists of orders, refunds, payments, events and daily figures. */
function read({ body }: Notice): Reading {
  const rows: FoundRow[] = [];
  const problems: string[] = [];
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { problems: ['The body must be a JSON object, e.g. {"orders": []}.'] };
  }
  for (const [name, list] of Object.entries(body)) {
    if (name === 'event') continue;
    if (!names.includes(name)) problems.push(`${name.slice(0, 50)}: unknown; known are ${names.join(', ')}.`);
    else if (!Array.isArray(list)) problems.push(`${name}: must be a list.`);
    else rows.push(...list.map((row: unknown, index) => ({ stream: name, row, at: `${name}.${index}` })));
  }
  if (rows.length <= mostRows) return { rows, problems };
  return { problems: [`A delivery may have ${mostRows} rows; this one has ${rows.length}.`] };
}

function eventOf(body: unknown): string {
  return textOf(body, 'event')?.slice(0, 100) ?? (names.filter((name) => fieldOf(body, name)).join(', ') || 'unknown');
}

/** Signed with our own scheme. The idempotency key identifies a delivery; without one, the signed bytes do. */
export const customSource: WebhookSource = {
  kind: 'CUSTOM',
  platform: 'webhook',
  scheme: timestamped,
  secretFrom: 'us',
  headers: ['idempotency-key'],
  streams: customStreams,
  identify: (headers, body) => ({
    id:
      headers['idempotency-key'] ??
      createHash('sha256')
        .update(headers[signatureHeader] ?? '')
        .digest('hex'),
    event: eventOf(body),
  }),
  read,
};

/** The same signed as Standard Webhooks says. */
export const standardSource: WebhookSource = {
  kind: 'STANDARD',
  platform: 'webhook',
  scheme: standard,
  secretFrom: 'us',
  headers: [],
  streams: customStreams,
  identify: (headers, body) => ({ id: headers['webhook-id'] ?? null, event: eventOf(body) }),
  read,
};
