import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text, type Answer } from './kit/answer.pure.ts';
import { control, countersOf, look, totalsOf, type Command } from './kit/control.ts';
import type { CounterValues } from './kit/counters.ts';
import type { Double, Totals } from './kit/define-double.ts';
import { HostedDouble, silence } from './kit/hosted-double.ts';
import { DoubleRequest } from './kit/request.ts';
import { doubles as all } from './registry.ts';

interface Options {
  /** A free one when absent. */
  port?: number;
  /** The time in the doubles; the machine's clock when absent. */
  now?: Date | string;
  seed?: number;
  /** Every platform there is a double of, when absent. */
  platforms?: readonly string[];
  /** How many advertisements stand where the generator makes one. */
  size?: number;
  /** Doubles that are not registered, for tests of the kit. */
  doubles?: readonly Double[];
}

export interface Doubles {
  /** e.g. `http://127.0.0.1:4600`; what `LIFTOS_PLATFORMS_URL` is set to. */
  url: string;
  /** See {@link Command}; throws an Error that says what is wrong with it. */
  control(command: Command): void;
  counters(platform: string): CounterValues;
  /** What is true in a double from one day to another, inclusive; `account` null for all. */
  totals(platform: string, query: { account?: string | null; from: string; to: string }): Totals;
  /** The accounts of a double, those that are closed included. */
  accounts(platform: string): readonly { id: string; name: string }[];
  stop(): Promise<void>;
}

const bodyLimit = 16 * 1024 * 1024;

/** Starts the doubles as one server on this machine. */
export async function startDoubles(options: Options = {}): Promise<Doubles> {
  const { port = 0, now, seed = 1, platforms, size = 1, doubles = all } = options;
  const chosen = platforms ? doubles.filter(({ platform }) => platforms.includes(platform)) : doubles;
  const hosted = chosen.map((double) => new HostedDouble(double, { seed, now, size }));
  const server = createServer((request, response) => {
    answer(hosted, request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, text(`The double failed: ${String(error)}`, 500));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const find = (platform: string): HostedDouble => {
    const double = hosted.find((candidate) => candidate.platform === platform);
    if (!double) throw new Error(`There is no double of ${platform}.`);
    return double;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    control: (command) => control(hosted, command),
    counters: (platform) => countersOf(find(platform)),
    totals: (platform, { account = null, from, to }) => totalsOf(find(platform), account, from, to),
    accounts: (platform) => find(platform).accounts(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(hosted: readonly HostedDouble[], request: IncomingMessage, response: ServerResponse) {
  const raw = await bodyOf(request);
  if (raw === null) return send(response, text('Too large.', 413));
  const asked = new DoubleRequest(request.method!, realUrl(request.url!), request.headers, raw);
  const host = asked.url.hostname;
  if (host === '__control') return send(response, controlled(hosted, asked));
  const double = hosted.find((candidate) => candidate.serves(host));
  if (!double) return send(response, text(index(hosted), host === 'localhost' ? 200 : 404));
  const answer = await double.answer(asked);
  if (answer !== silence) send(response, answer, new Date(double.environment.clock.now()));
}

/** `/graph.facebook.com/v26.0/me` as the address it stands for. */
function realUrl(path: string): URL {
  const [, host, rest] = /^\/([^/?]*)(.*)$/s.exec(path)!;
  return new URL(`https://${host || 'localhost'}${rest!.startsWith('/') ? '' : '/'}${rest}`);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyLimit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function controlled(hosted: readonly HostedDouble[], request: DoubleRequest): Answer {
  try {
    if (request.method === 'GET') return json(look(hosted, request.url.pathname.slice(1), request.query));
    const command = request.json<Command>();
    if (typeof command?.action !== 'string') throw new Error('Send JSON with an action.');
    control(hosted, command);
    return json({ done: true });
  } catch (error) {
    return json({ error: (error as Error).message }, 400);
  }
}

function index(hosted: readonly HostedDouble[]): string {
  const lines = hosted.flatMap(({ platform, hosts }) => hosts.map((host) => `/${host}/…  (${platform})`));
  return `Doubles of platforms. The first part of the path is the platform's host:\n\n${lines.join('\n')}\n`;
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Answer, date?: Date): void {
  const bytes = Buffer.from(body);
  // The clock of the double, not of the machine: clients compare it with times in answers.
  const dated = date ? { date: date.toUTCString() } : {};
  const length = status === 204 || status === 304 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...dated, ...headers, ...length });
  response.end(bytes);
}
