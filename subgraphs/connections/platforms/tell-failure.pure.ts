import type { Connector, Failure, Stream } from './connector.ts';
import { toNewerVersion } from './newer-version.pure.ts';

/** What people are told of a failure: the platform's own words, and where we know more, also what to do about it. */
export function tellFailure(
  { class: kind, message }: Failure,
  connector: Pick<Connector, 'name' | 'category' | 'live'>,
  stream?: Pick<Stream, 'scopes'>,
): string {
  if (kind === 'permission' && stream?.scopes?.length) {
    return `${message} Connect again and grant ${stream.scopes.join(', ')}, without which this is not delivered.`;
  }
  if (kind !== 'version_sunset' || !connector.live) return message;
  const { name, live } = connector;
  return `${name} has switched off version ${live.version} of its API. ${toNewerVersion(connector)}; all that was read before is kept. (${message})`;
}
