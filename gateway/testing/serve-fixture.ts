import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createSourceEventStream, execute, parse, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { SessionCookie } from '@liftos/core/context.ts';
import { internalTokens, type InternalCall } from '@liftos/core/internal-token.ts';
import type { RequestContext } from '../sources/data-source.ts';

export const tokens = internalTokens('a secret for tests that is long enough');

export interface ServedFixture {
  address: string;
  /** Stops at once, as a crash would; every connection breaks. */
  stop(): Promise<void>;
}

/** Serves a subgraph over HTTP and graphql-ws, the way a subgraph's own process does. */
export async function serveFixture(schema: GraphQLSchema, port = 0): Promise<ServedFixture> {
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const call = await tokens.verify(request.headers.authorization?.replace('Bearer ', ''));
        const body = (await json(request)) as {
          query: string;
          variables?: Record<string, unknown>;
          refreshToken?: string;
        };
        const left = new AbortController();
        response.once('close', () => left.abort());
        let changed: string | null | undefined;
        const session: SessionCookie = {
          refreshToken: body.refreshToken,
          setRefreshToken: (token) => (changed = token),
        };
        const contextValue = contextOf(call, left.signal, session, String(request.headers.traceparent));
        const document = parse(body.query);
        const answer = await execute({ schema, document, variableValues: body.variables, contextValue });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ...answer, ...(changed === undefined ? {} : { refreshToken: changed }) }));
      } catch (error) {
        response.writeHead(401).end(JSON.stringify({ errors: [{ message: String(error) }] }));
      }
    })();
  });
  const sockets = serveLive(server, schema);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function serveLive(server: Server, schema: GraphQLSchema): WebSocketServer {
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const ends = new Map<unknown, AbortController>();
  useServer(
    {
      schema,
      context: async (_context, _id, { extensions }) => {
        const call = await tokens.verify(String(extensions?.token));
        const end = new AbortController();
        const made = contextOf(call, end.signal, { setRefreshToken: () => undefined }, '');
        ends.set(made, end);
        return made;
      },
      subscribe: async (args: ExecutionArgs) => {
        const source = await createSourceEventStream(args);
        if (!(Symbol.asyncIterator in source)) return source;
        const fresh = (async function* () {
          for await (const rootValue of source) yield await execute({ ...args, rootValue });
        })();
        const end = ends.get(args.contextValue);
        const stop = fresh.return.bind(fresh);
        // A generator that waits for its next event would end only after it.
        fresh.return = (value) => {
          end?.abort();
          return stop(value);
        };
        return fresh;
      },
      onDisconnect: () => ends.forEach((end) => end.abort()),
    },
    sockets,
  );
  return sockets;
}

function contextOf(
  call: InternalCall,
  signal: AbortSignal,
  session: SessionCookie,
  traceparent: string,
): RequestContext {
  return { ...call, signal, session, traceparent };
}
