import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';

/** Best-effort messages between requests and jobs: within the process, or through Redis between processes. */
export interface Bus {
  publish(channel: string, message: unknown): void;
  /** Calls back for each message until the returned function is called. */
  subscribe(channel: string, callback: (message: unknown) => void): () => void;
  /** Round trip in milliseconds; null when there is nothing to reach. Throws when it cannot be reached. */
  ping(): Promise<number | null>;
  close(): Promise<void>;
}

/** A bus for a single process. */
export function createLocalBus(): Bus {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (channel, message) => void emitter.emit(channel, message),
    subscribe(channel, callback) {
      emitter.on(channel, callback);
      return () => void emitter.off(channel, callback);
    },
    ping: () => Promise.resolve(null),
    close: () => Promise.resolve(void emitter.removeAllListeners()),
  };
}

const prefix = 'liftos:bus:';

/** A bus through Redis. While Redis is away messages are lost; whatever must not be missed is replayed from the store. */
export function createRedisBus(url: string, onError: (error: Error) => void): Bus {
  const options = { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: false };
  const sender = new Redis(url, options);
  const receiver = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  const local = new EventEmitter().setMaxListeners(0);
  sender.on('error', onError);
  receiver.on('error', onError);
  receiver.on('message', (channel: string, text: string) => local.emit(channel.slice(prefix.length), JSON.parse(text)));
  return {
    publish(channel, message) {
      sender.publish(prefix + channel, JSON.stringify(message)).catch(onError);
    },
    subscribe(channel, callback) {
      if (local.listenerCount(channel) === 0) receiver.subscribe(prefix + channel).catch(onError);
      local.on(channel, callback);
      return () => {
        local.off(channel, callback);
        if (local.listenerCount(channel) === 0) receiver.unsubscribe(prefix + channel).catch(onError);
      };
    },
    async ping() {
      const start = performance.now();
      await sender.ping();
      return performance.now() - start;
    },
    async close() {
      sender.disconnect();
      receiver.disconnect();
      await Promise.resolve();
    },
  };
}
