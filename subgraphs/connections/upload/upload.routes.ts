import { sendJson, type InternalRoute } from '@liftos/core/serve/internal-calls.ts';
import { uploads } from './receive.ts';

/** What a gateway in another process reaches beside the graph: the way for files. */
export const uploadRoutes: Readonly<Record<string, InternalRoute>> = {
  '/ports/uploads/receive': async (context, request, response) => {
    const name = request.headers['x-file-name'];
    const fileName = decodeURIComponent(typeof name === 'string' ? name : 'upload');
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    sendJson(response, 200, await uploads.receive(context, { fileName, contentType, stream: request }));
  },
};
