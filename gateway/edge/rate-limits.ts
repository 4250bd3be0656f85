import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';

export interface RateLimits {
  /** Counts one operation. Throws RATE_LIMITED with `retryAfter` in seconds. */
  operation(principal: Principal): Promise<void>;
  /** Counts one attempt to get in, such as a sign-in: something that a stranger could guess. */
  attempt(ip: string | undefined): Promise<void>;
  /** Counts one delivery to an address for webhooks. */
  webhook(endpointId: string): Promise<void>;
}

export interface RateLimitOptions {
  operationsPerMinute: number;
  attemptsPerMinute: number;
  /** Deliveries to one address for webhooks; 30,000 when absent. */
  webhooksPerMinute?: number | undefined;
  /** An ioredis client; counts are shared between gateways with it and kept in this process while it is away. */
  redis?: unknown;
}

export function createRateLimits(options: RateLimitOptions): RateLimits {
  const { operationsPerMinute, attemptsPerMinute, webhooksPerMinute = 30_000, redis } = options;
  const operations = limiter('operations', operationsPerMinute, redis);
  const attempts = limiter('attempts', attemptsPerMinute, redis);
  const webhooks = limiter('webhooks', webhooksPerMinute, redis);
  return {
    operation: (principal) => consume(operations, callerKey(principal)),
    attempt: (ip) => consume(attempts, `ip:${addressKey(ip)}`),
    webhook: (endpointId) => consume(webhooks, endpointId),
  };
}

function limiter(name: string, points: number, redis: unknown): RateLimiterAbstract {
  const options = { keyPrefix: `liftos:rate:${name}`, points, duration: 60 };
  const memory = new RateLimiterMemory(options);
  if (!redis) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
  });
}

async function consume(limit: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError('RATE_LIMITED', `Too many requests; try again in ${retryAfter} s.`, { retryAfter });
  }
}

function callerKey(principal: Principal): string {
  if (principal.kind === 'anonymous') return `ip:${addressKey(principal.ip)}`;
  return `${principal.organizationId}:${principal.kind}:${principal.id}`;
}

/** Who holds an IPv6 network holds all its addresses, so the first 64 bits count as one caller. */
export function addressKey(ip: string | undefined): string {
  if (!ip) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1]!;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip.split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const missing = ip.includes('::') ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  return [...left, ...missing, ...right]
    .slice(0, 4)
    .map((part) => Number.parseInt(part || '0', 16).toString(16))
    .join(':');
}
