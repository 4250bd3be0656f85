import type { Journey } from '../../csv/journey-columns.pure.ts';
import type { Credential, Values } from '../auth-method.ts';
import type { Account, Connector, Item, Stream } from '../connector.ts';
import { LiveReader } from './live-reader.ts';

interface Options {
  method: string;
  credential: Partial<Credential>;
  settings?: Values;
  now: string;
}

/** Reads items and journeys of a double through a connector; for tests of one connector. */
export class ItemReader {
  /** By stream and key; what comes again replaces what was there. */
  readonly items = new Map<string, Item>();
  readonly journeys = new Map<string, Journey>();
  readonly reader: LiveReader;

  constructor(connector: Connector, doublesUrl: string, options: Options) {
    const live = { ...connector.live!, streams: connector.live!.streams.map((stream) => this.#kept(stream)) };
    this.reader = new LiveReader({ ...connector, live }, doublesUrl, options);
  }

  accounts(): Promise<readonly Account[]> {
    return this.reader.accounts();
  }

  /** Items of a stream over days of an account. Throws PlatformFailure. */
  async read(stream: string, account: Account, from = '', to = '', pageSize?: number): Promise<Item[]> {
    this.items.clear();
    const { refused } = await this.reader.read(stream, account, from, to, pageSize);
    if (refused > 0) throw new Error(`${refused} rows of ${stream} were refused.`);
    return [...this.items.values()];
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  #kept(stream: Stream): Stream {
    return {
      ...stream,
      map: (row, slice) => {
        const mapped = stream.map(row, slice);
        for (const item of mapped?.items ?? []) this.items.set(item.key, item);
        for (const journey of mapped?.journeys ?? []) this.journeys.set(journey.key, journey);
        return mapped;
      },
    };
  }
}
