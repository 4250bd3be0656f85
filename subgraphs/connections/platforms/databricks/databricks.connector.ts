import { isPlatformFailure } from '../../engine/platform-failure.ts';
import { defineConnector, type Account, type Api } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { mappingFields } from '../warehouse/mapping.ts';
import { accountOf } from '../warehouse/rows.pure.ts';
import { probeStatement, sourcesOf } from '../warehouse/statement.pure.ts';
import { databricksAuth } from './auth.ts';
import { daily } from './daily.ts';
import { classifyDatabricks } from './errors.pure.ts';
import { databricksDialect, submit } from './statements.ts';

/** Each table, or the query, is tried without reading a row. This wakes the warehouse, as reading will. */
async function sources(api: Api): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const source of sourcesOf(api.settings)) {
    const account = accountOf(source, api.settings);
    try {
      await api.call(submit(probeStatement(api.settings, source, databricksDialect), api.settings, { wait: true }));
      accounts.push(account);
    } catch (error) {
      if (!isPlatformFailure(error) || error.failure.class !== 'permission') throw error;
      accounts.push({ ...account, state: 'forbidden', note: error.message });
    }
  }
  return accounts;
}

const workspace = String.raw`[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:cloud\.databricks\.com|azuredatabricks\.net|gcp\.databricks\.com)`;

export const databricks = defineConnector({
  id: 'databricks',
  name: 'Databricks',
  tier: 3,
  category: 'warehouse',
  summary: 'Daily figures from tables or a query of your own in Unity Catalog.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('databricks'),
  live: {
    hosts: [
      workspace,
      // Where results are laid down as files.
      String.raw`(?:[a-z0-9.\-]+\.)?s3(?:[.\-][a-z0-9\-]+)*\.amazonaws\.com`,
      String.raw`[a-z0-9]+\.(?:blob|dfs)\.core\.windows\.net`,
      String.raw`storage\.googleapis\.com`,
    ],
    versions: [{ version: '2.0', sunset: null }],
    version: '2.0',
    base: ({ settings, version }) => `https://${(settings['host'] ?? '').toLowerCase()}/api/${version}`,
    auth: databricksAuth,
    settings: [
      { name: 'host', label: 'Workspace', placeholder: 'dbc-a1b2c3d4-e5f6.cloud.databricks.com', pattern: workspace },
      { name: 'warehouseId', label: 'SQL warehouse id', placeholder: '1234567890abcdef', pattern: '[A-Za-z0-9]+' },
      ...mappingFields,
    ],
    accounts: sources,
    classify: classifyDatabricks,
    // A statement may be waited for during 50 seconds.
    limits: { concurrency: 2, timeoutSeconds: 70 },
    streams: [daily],
  },
});
