import { RequestError, fromServerError } from './failure.ts';
import { accessToken } from './session.ts';

export interface UploadProgress {
  sent: number;
  total: number;
}

interface UploadAnswer {
  id?: string;
  uploadId?: string;
  message?: string;
  code?: string;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

function refused(answer: UploadAnswer | null, status: number): RequestError {
  const [first] = answer?.errors ?? [];
  if (first) return new RequestError(fromServerError(first));
  const message = answer?.message ?? (status === 413 ? 'The file is too large.' : 'The upload was refused.');
  return new RequestError({ code: answer?.code ?? 'BAD_USER_INPUT', message });
}

/**
 * Sends a file as it is and returns the upload's id. `XMLHttpRequest`, because `fetch` tells nothing about how much
 * was sent. Throws `RequestError`; aborting throws one with the code `CANCELLED`.
 */
export async function uploadFile(
  file: File,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  const token = await accessToken();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/upload');
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress({ sent: loaded, total }));
    request.addEventListener('load', () => {
      const answer = request.response as UploadAnswer | null;
      const id = answer?.id ?? answer?.uploadId;
      if (request.status < 300 && id) resolve(id);
      else reject(refused(answer, request.status));
    });
    const fail = (code: string, message: string) => () => reject(new RequestError({ code, message }));
    request.addEventListener('error', fail('NETWORK', 'The upload broke off: the server cannot be reached.'));
    request.addEventListener('abort', fail('CANCELLED', 'The upload was cancelled.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
