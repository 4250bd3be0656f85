import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Proxies whose word about where a request comes from is believed. */
export interface TrustedProxies {
  trusts(address: string): boolean;
  /** The client of a request: the last address of its way here that is not a trusted proxy. */
  clientOf(request: IncomingMessage): string;
}

/** Reads addresses and networks, e.g. `10.0.0.0/8`. Throws for what is neither. */
export function trustedProxies(entries: readonly string[] = []): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.trim().split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) throw new Error(`"${entry}" is no address or network.`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const trusts = (address: string): boolean => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return isIP(plain) !== 0 && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
  };
  return {
    trusts,
    clientOf({ socket, headers }) {
      const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
      const way = [
        ...told.map((address) => address.trim()).filter((address) => isIP(address) !== 0),
        socket.remoteAddress ?? '',
      ];
      return way.findLast((address, index) => index === 0 || !trusts(address)) ?? '';
    },
  };
}
