import type { ManifestDocument, ManifestError, Path } from './document.pure.ts';
import { isAllowed } from './hosts.pure.ts';
import { listOf, objectOf, type Loose, type Report } from './loose.pure.ts';
import { checkStream } from './check-stream.pure.ts';

/** Checks what no part of a manifest shows alone: names given twice, hosts that are not allowed, paging that stands still. */
export function checkManifest(value: unknown, document: ManifestDocument): ManifestError[] {
  const errors: ManifestError[] = [];
  const report: Report = (path, message) => errors.push(document.error(path, message));
  const manifest = objectOf(value);
  checkTwice(manifest, report);
  checkAddresses(manifest, report);
  listOf(manifest['streams']).forEach((stream, index) => checkStream(objectOf(stream), ['streams', index], report));
  return errors;
}

function checkTwice(manifest: Loose, report: Report): void {
  for (const [part, key, what] of [
    ['streams', 'name', 'stream'],
    ['settings', 'name', 'setting'],
    ['auth', 'id', 'way in'],
  ] as const) {
    const seen = new Set<unknown>();
    listOf(manifest[part]).forEach((member, index) => {
      const entry = objectOf(member);
      const name = entry[key] ?? (part === 'auth' ? entry['type'] : undefined);
      if (typeof name !== 'string') return;
      const place = entry[key] === undefined ? 'type' : key;
      if (seen.has(name))
        report([part, index, place], `There is already a ${what} called ${name}; give this one another ${key}.`);
      seen.add(name);
    });
  }
}

function checkAddresses(manifest: Loose, report: Report): void {
  const hosts = listOf(manifest['hosts']).filter((host) => typeof host === 'string');
  const base = manifest['base_url'];
  if (typeof base === 'string') {
    const message = wrongBase(base, hosts);
    if (message) report(['base_url'], message);
  }
  listOf(manifest['auth']).forEach((method, index) => {
    const address = objectOf(method)['token_url'];
    if (typeof address !== 'string' || !address.startsWith('https://')) return;
    if (!isAllowed(example(address), hosts)) {
      report(['auth', index, 'token_url'], 'The host of this address is not in hosts; add it there.');
    }
  });
  checkRequests(manifest, hosts, report);
}

/** Values of templates are not known yet; a letter stands for each. */
function example(address: string): string {
  return address.replaceAll(/\{\{[^}]*\}\}/g, 'x');
}

function wrongBase(base: string, hosts: readonly string[]): string | null {
  if (/^\{\{[^}]*\}\}$/.test(base)) return null;
  if (!base.startsWith('https://')) return 'The address begins with https://.';
  if (base.endsWith('/')) return 'The address ends without a slash, as paths begin with one.';
  const address = example(base);
  if (!URL.canParse(address)) return 'This is no address.';
  const { hostname, port, username, search, hash } = new URL(address);
  if (port || username || search || hash) return 'The address has a host and a path only.';
  return hosts.length === 0 || isAllowed(address, hosts) ? null : `${hostname} is not in hosts; add it there.`;
}

/** Requests may name whole addresses instead of paths. */
function checkRequests(manifest: Loose, hosts: readonly string[], report: Report): void {
  const requests: [Path, unknown][] = [
    [['accounts', 'request', 'path'], objectOf(objectOf(manifest['accounts'])['request'])['path']],
  ];
  listOf(manifest['streams']).forEach((stream, index) => {
    requests.push([['streams', index, 'request', 'path'], objectOf(objectOf(stream)['request'])['path']]);
  });
  for (const [path, address] of requests) {
    if (typeof address !== 'string' || !address.startsWith('https://')) continue;
    if (!isAllowed(example(address), hosts)) report(path, 'The host of this address is not in hosts; add it there.');
  }
}
