import type { Server } from 'node:http';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Context } from '../context.ts';
import { createContext } from '../create-context.ts';
import type { InternalTokens } from '../internal-token.ts';
import type { Runtime } from '../runtime.ts';
import { presentable } from './internal-calls.ts';

/**
 * Serves subscriptions of the gateway over graphql-ws. One socket carries those of many clients, so each subscribe
 * message has a signed token of its own in `extensions.token`.
 */
export function serveSubscriptions(server: Server, schema: GraphQLSchema, runtime: Runtime, tokens: InternalTokens) {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: 1 << 20 });
  const running = new Map<object, Map<string, AbortController>>();
  const controllers = new WeakMap<object, AbortController>();
  const stop = (socket: object, id: string): void => {
    running.get(socket)?.get(id)?.abort();
    running.get(socket)?.delete(id);
  };
  return useServer(
    {
      schema,
      context: async ({ extra }, id, { extensions }) => {
        const call = await tokens.verify(extensions?.token as string | undefined);
        const controller = new AbortController();
        const ofSocket = running.get(extra.socket) ?? new Map<string, AbortController>();
        running.set(extra.socket, ofSocket.set(id, controller));
        const context = createContext({ runtime, ...call, signal: controller.signal });
        controllers.set(context, controller);
        return context;
      },
      subscribe: (args) => subscribeFresh(args, runtime, controllers),
      onNext: (_, __, ___, args, result) => presentable(result as ExecutionResult, args.contextValue as Context),
      onComplete: ({ extra }, id) => stop(extra.socket, id),
      onDisconnect: ({ extra }) => {
        for (const controller of running.get(extra.socket)?.values() ?? []) controller.abort();
        running.delete(extra.socket);
      },
    },
    sockets,
  );
}

/** Each event is a request of its own: a loader must not remember what an entity was at an earlier event. */
async function subscribeFresh(args: ExecutionArgs, runtime: Runtime, controllers: WeakMap<object, AbortController>) {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const { principal, correlationId, signal } = args.contextValue as Context;
  const events = (async function* () {
    for await (const rootValue of source) {
      const contextValue = createContext({ runtime, principal, correlationId, signal });
      yield await execute({ ...args, rootValue, contextValue });
    }
  })();
  const finish = events.return.bind(events);
  // A generator that waits for its next event would otherwise end only after it.
  events.return = (value) => {
    controllers.get(args.contextValue as object)?.abort();
    return finish(value);
  };
  return events;
}
