import { isPlatformFailure } from '../../engine/platform-failure.ts';
import { defineConnector, type Account, type Api } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { mappingFields } from '../warehouse/mapping.ts';
import { accountOf } from '../warehouse/rows.pure.ts';
import { probeStatement, sourcesOf } from '../warehouse/statement.pure.ts';
import { snowflakeAuth } from './auth.ts';
import { daily } from './daily.ts';
import { classifySnowflake } from './errors.pure.ts';
import { snowflakeDialect, submit } from './sql-api.ts';

/** Each table, or the query, is tried without reading a row. */
async function sources(api: Api): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const source of sourcesOf(api.settings)) {
    const account = accountOf(source, api.settings);
    try {
      await api.call(submit(probeStatement(api.settings, source, snowflakeDialect), api.settings, { wait: true }));
      accounts.push(account);
    } catch (error) {
      if (!isPlatformFailure(error) || error.failure.class !== 'permission') throw error;
      accounts.push({ ...account, state: 'forbidden', note: error.message });
    }
  }
  return accounts;
}

export const snowflake = defineConnector({
  id: 'snowflake',
  name: 'Snowflake',
  tier: 3,
  category: 'warehouse',
  summary: 'Daily figures from tables or a query of your own.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('snowflake'),
  live: {
    hosts: [String.raw`[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9-]+){0,2}\.snowflakecomputing\.com`],
    versions: [{ version: 'v2', sunset: null }],
    version: 'v2',
    base: ({ settings, version }) =>
      `https://${(settings['account'] ?? '').toLowerCase()}.snowflakecomputing.com/api/${version}`,
    auth: snowflakeAuth,
    settings: [
      {
        name: 'account',
        label: 'Account',
        hint: 'What stands before .snowflakecomputing.com.',
        placeholder: 'myorg-marketing',
        pattern: String.raw`[A-Za-z0-9][A-Za-z0-9_\-]*(?:\.[a-z0-9\-]+){0,2}`,
      },
      {
        name: 'warehouse',
        label: 'Warehouse',
        placeholder: 'REPORTING_XS',
        pattern: String.raw`[A-Za-z_][\w$]*|"[^"]+"`,
      },
      {
        name: 'role',
        label: 'Role',
        hint: 'One that may only read. The default role of the user when empty.',
        optional: true,
        pattern: String.raw`[A-Za-z_][\w$]*|"[^"]+"`,
      },
      ...mappingFields,
    ],
    accounts: sources,
    classify: classifySnowflake,
    limits: { concurrency: 2, timeoutSeconds: 60 },
    streams: [daily],
  },
});
