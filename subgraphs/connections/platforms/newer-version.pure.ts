import type { Connector, Failure } from './connector.ts';

/** What brings a newer version of a platform's API: a new LiftOS, or for a connector of one's own its author. */
export function toNewerVersion({ category }: Pick<Connector, 'category'>): string {
  return category === 'custom' ? 'Name a newer version in the YAML of the connector' : 'Update LiftOS';
}

/** What people are told of a failure: the platform's own words, and of a version that is gone also what to do about it. */
export function tellFailure({ class: kind, message }: Failure, connector: Connector): string {
  if (kind !== 'version_sunset' || !connector.live) return message;
  const { name, live } = connector;
  return `${name} has switched off version ${live.version} of its API. ${toNewerVersion(connector)}; all that was read before is kept. (${message})`;
}
