import type { Context } from '@liftos/core/context.ts';
import { listCustomPlatforms } from '../custom/find-custom.ts';
import type { Connector } from './connector.ts';
import { connectors } from './registry.ts';

export const platformResolvers = {
  Query: {
    platforms: async (_: unknown, __: unknown, context: Context) => [
      ...connectors,
      ...(await listCustomPlatforms(context)),
    ],
  },
  Platform: {
    streams: ({ streams, live }: Connector) =>
      (streams.length > 0 ? streams : (live?.streams ?? [])).map(({ name }) => name),
  },
};
