// Starts the doubles of the platforms and says how to use them.
import { parseArgs } from 'node:util';
import { doubles } from '../subgraphs/connections/doubles/registry.ts';
import { startDoubles } from '../subgraphs/connections/doubles/start-doubles.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4600' },
    seed: { type: 'string', default: '1' },
    now: { type: 'string' },
    size: { type: 'string', default: '1' },
    platform: { type: 'string', multiple: true },
  },
});

const running = await startDoubles({
  port: Number(values.port),
  seed: Number(values.seed),
  size: Number(values.size),
  ...(values.now === undefined ? {} : { now: values.now }),
  ...(values.platform === undefined ? {} : { platforms: values.platform }),
});

console.log(`The platforms' doubles run at ${running.url}. Start LiftOS on them in another terminal:

  LIFTOS_PLATFORMS_URL=${running.url} npm start

Connect a platform there; nothing leaves this machine. Where a page asks for consent, choose accounts and press Allow.
What to type in:
`);
for (const { platform, access } of doubles) {
  if (values.platform && !values.platform.includes(platform)) continue;
  console.log(`  ${platform}`);
  for (const [label, value] of Object.entries(access)) console.log(`    ${label}: ${value}`);
}
console.log(`
Break something: curl -d '{"platform":"meta_business","action":"expireTokens"}' ${running.url}/__control
What is true:    curl '${running.url}/__control/totals?platform=meta_business&from=2026-01-01&to=2026-01-31'
More is in subgraphs/connections/doubles/README.md. Stop with Ctrl+C.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void running.stop());
