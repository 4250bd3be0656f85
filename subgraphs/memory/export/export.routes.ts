import { pipeline } from 'node:stream/promises';
import type { ExportRequest } from '@liftos/core/ports/ports.ts';
import type { InternalRoute } from '@liftos/core/serve/internal-calls.ts';
import { exportPort } from './open-export.ts';

/** What a gateway in another process reaches beside the graph: files to download. */
export const exportRoutes: Readonly<Record<string, InternalRoute>> = {
  '/ports/exports/open': async (context, request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const wanted = JSON.parse(Buffer.concat(chunks).toString()) as ExportRequest;
    const { stream, name, bytes, sha256, contentType } = await exportPort.open(context, wanted);
    response.writeHead(200, {
      'content-type': contentType,
      'content-length': bytes,
      'x-file-name': encodeURIComponent(name),
      'x-sha256': sha256,
    });
    await pipeline(stream, response);
  },
};
