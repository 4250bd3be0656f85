import { expect, test } from 'vitest';
import { requestLine } from './build-request.pure.ts';

test.each([
  'https://files.blob.core.windows.net/r/1?se=2026&sig=hidden',
  'https://files.s3.amazonaws.com/r/1?X-Amz-Signature=hidden&X-Amz-Credential=hidden&X-Amz-Security-Token=hidden',
  'https://business-api.tiktok.com/open_api/v1.3/oauth2/advertiser/get/?app_id=1&secret=hidden',
])('an address is kept without what opens it: %s', (address) => {
  const line = requestLine({ method: 'GET', url: new URL(address) });
  expect(line).not.toContain('hidden');
  expect(line).toContain(new URL(address).pathname);
});
