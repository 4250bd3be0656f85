import type { Connector } from './connector.ts';

/** What brings a newer version of a platform's API: a new LiftOS, or for a connector of one's own its author. */
export function toNewerVersion({ category }: Pick<Connector, 'category'>): string {
  return category === 'custom' ? 'Name a newer version in the YAML of the connector' : 'Update LiftOS';
}
