import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.looseObject({ code: z.string(), message: z.string().default('') });

/** What WooCommerce's errors mean. A page instead of JSON comes from the host or a firewall, and may go away. */
export function classifyWoocommerce({ status, headers, body }: Answer): Failure | null {
  if (status < 400) return null;
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) {
    const isPage = headers['content-type']?.includes('html') === true && status !== 429;
    return isPage ? { class: 'transient', message: `WooCommerce: the host answered ${status} with a page.` } : null;
  }
  const { code, message } = parsed.data;
  const said = `WooCommerce: ${message}`;
  if (code === 'rest_no_route') {
    return { class: 'version_sunset', message: `${said} Permalinks may be plain, or this version of the API is gone.` };
  }
  // Comes with 401 although the key itself is good.
  if (code.startsWith('woocommerce_rest_cannot')) return { class: 'permission', message: said };
  return null;
}
