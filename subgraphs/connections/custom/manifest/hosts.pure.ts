/** Ends of names that exist within a private network only. */
const privateEnds = [
  'localhost',
  'local',
  'internal',
  'lan',
  'home',
  'intranet',
  'corp',
  'test',
  'invalid',
  'onion',
  'arpa',
];
const host = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** What is wrong with an entry of `hosts`, e.g. `api.acme.com` or `*.acme.com`; null when nothing is. */
export function wrongHost(text: string): string | null {
  if (text.length > 253 || !host.test(text)) {
    return 'A host is a public name in lower case without https:// and path, e.g. api.acme.com or *.acme.com.';
  }
  const labels = text.replace(/^\*\./, '').split('.');
  if (labels.length < 2 || privateEnds.includes(labels.at(-1)!)) return 'This name is not on the public internet.';
  return text.startsWith('*.') && labels.length === 2 && labels[0]!.length <= 3 && labels[1]!.length === 2
    ? 'This would allow everybody under a public ending.'
    : null;
}

/** A host as a regular expression over the whole name. `*.` stands for one or more parts. */
export function hostPattern(text: string): string {
  const name = text.replace(/^\*\./, '').replaceAll('.', String.raw`\.`);
  return text.startsWith('*.') ? String.raw`(?:[a-z0-9-]+\.)+${name}` : name;
}

/** Whether an address goes to one of the hosts. */
export function isAllowed(address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hosts.some((entry) => new RegExp(`^(?:${hostPattern(entry)})$`).test(hostname));
}
