import type { Connector } from './connector.ts';
import { connectors } from './registry.ts';

export const platformResolvers = {
  Query: { platforms: () => connectors },
  Platform: { streams: ({ streams }: Connector) => streams.map(({ name }) => name) },
};
