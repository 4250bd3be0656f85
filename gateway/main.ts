import { readConfig } from '@liftos/core/config.ts';
import { runProgram } from '@liftos/core/serve/run-program.ts';
import { startProduct, type StartedProduct } from './start.ts';

// Apollo's packages report usage to their maker unless told not to.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

function greet({ address, signInLink }: StartedProduct): string {
  const signIn = signInLink ? `Sign in once with   ${signInLink}` : `Sign in at          ${address}/sign-in`;
  return `\nLiftOS is running.\n\n  Open                ${address}\n  ${signIn}\n  API explorer        ${address}/explorer\n\n`;
}

process.stdout.write(greet(await runProgram('LiftOS', () => startProduct(readConfig()))));
