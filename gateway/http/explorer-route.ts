import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const welcome = `# The whole API of LiftOS. To read the schema and ask for data, put an API key
# below under Headers: { "x-api-key": "lift_…" }

{
  viewer {
    organization {
      name
    }
    scopes
  }
}
`;

interface Page {
  body: Buffer;
  policy: string;
  etag: string;
}

/** `/explorer`: GraphiQL as one page that loads nothing from elsewhere. Made on first use; it is nine megabytes. */
export function explorerRoute(app: FastifyInstance): void {
  let page: Promise<Page> | undefined;
  app.get('/explorer', async (request, reply) => {
    const { body, policy, etag } = await (page ??= makePage());
    reply.header('content-security-policy', policy).header('etag', etag).header('cache-control', 'no-cache');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').header('content-encoding', 'gzip').send(body);
  });
}

async function makePage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    title: 'LiftOS explorer',
    defaultQuery: welcome,
  });
  const start = html.lastIndexOf('<script>', html.indexOf('function prepareBlob')) + '<script>'.length;
  const script = html.slice(start, html.lastIndexOf('</script>'));
  const hash = createHash('sha256').update(script).digest('base64');
  // The page is one inline script and inline styles; the hash admits exactly that script and nothing else.
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return { body: await promisify(gzip)(html), policy, etag: `"${hash.slice(0, 20)}"` };
}
