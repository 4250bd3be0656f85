import { holds, judge } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

/** The header of our own scheme: `t=<unix seconds>,v1=<hex>`, with a `v1` for each key while keys change. */
export const signatureHeader = 'liftos-signature';

/** Our own scheme: HMAC-SHA256 over `<timestamp>.<body>`, in hex. */
export const timestamped: Scheme = {
  headers: [signatureHeader],
  verify({ headers, body }, secrets, now) {
    const { time, signatures } = parts(headers[signatureHeader] ?? '');
    if (signatures.length === 0 || !/^\d{1,12}$/.test(time)) return 'unsigned';
    return judge(holds(secrets, [`${time}.`, body], signatures), Number(time) * 1000, now);
  },
};

const mostSignatures = 10;

function parts(header: string): { time: string; signatures: Buffer[] } {
  const fields = header.split(',').map((field) => field.trim().split('=', 2) as [string, string?]);
  const values = (name: string): string[] => fields.filter(([key]) => key === name).map(([, value]) => value ?? '');
  const signatures = values('v1').slice(0, mostSignatures);
  return { time: values('t')[0] ?? '', signatures: signatures.map((text) => Buffer.from(text, 'hex')) };
}
