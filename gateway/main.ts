import { readConfig } from '@liftos/core/config.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { startProduct, type StartedProduct } from './start.ts';

// Apollo's packages report usage to their maker unless told not to.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

function greet({ address, signInLink }: StartedProduct): string {
  const signIn = signInLink ? `Sign in once with   ${signInLink}` : `Sign in at          ${address}/sign-in`;
  return `\nLiftOS is running.\n\n  Open                ${address}\n  ${signIn}\n  API explorer        ${address}/explorer\n\n`;
}

function stopOnSignals(product: StartedProduct): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    product.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

try {
  const product = await startProduct(readConfig());
  stopOnSignals(product);
  process.stdout.write(greet(product));
} catch (error) {
  const text = isAppError(error) || error instanceof Error ? error.message : String(error);
  process.stderr.write(`LiftOS could not start. ${text}\n`);
  process.exit(1);
}
