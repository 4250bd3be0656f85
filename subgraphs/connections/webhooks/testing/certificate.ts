import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const dayMs = 86_400_000;
const tags = { integer: 0x02, bits: 0x03, utf8: 0x0c, sequence: 0x30, set: 0x31, time: 0x17, version: 0xa0 };
/** sha256WithRSAEncryption without parameters, and commonName, as DER writes them. */
const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const commonName = Buffer.from('0603550403', 'hex');

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
  return der(tags.time, Buffer.from(`${digits}Z`));
}

/** A certificate that signs itself, valid from yesterday until tomorrow, with its key. */
export function selfSigned(name: string): { pem: string; key: KeyObject } {
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = der(tags.sequence, der(tags.set, der(tags.sequence, commonName, der(tags.utf8, Buffer.from(name)))));
  const content = der(
    tags.sequence,
    der(tags.version, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.from([1])),
    algorithm,
    subject,
    der(tags.sequence, time(Date.now() - dayMs), time(Date.now() + dayMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = createSign('RSA-SHA256').update(content).sign(key);
  const whole = der(tags.sequence, content, algorithm, der(tags.bits, Buffer.from([0]), signature));
  const lines = whole.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  return { pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key };
}
