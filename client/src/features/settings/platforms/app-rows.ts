import type { OAuthAppsQuery } from './platforms.generated.ts';

/** A platform that is logged in at, with the application that is registered there. */
export interface AppRow {
  id: string;
  name: string;
  redirectUrl: string | null;
  /** Whether logins work, with an application of one's own or one that comes with the installation. */
  ready: boolean;
  app: OAuthAppsQuery['oauthApps'][number] | undefined;
}

/** Every platform that needs an application, in the order of the platforms. */
export function appRows(data: OAuthAppsQuery): AppRow[] {
  return data.platforms.flatMap(({ id, name, live }) => {
    const method = live?.methods.find(({ kind }) => kind === 'OAUTH2' || kind === 'OAUTH1');
    if (!method) return [];
    const app = data.oauthApps.find(({ platform }) => platform === id);
    return [{ id, name, redirectUrl: method.redirectUrl, ready: method.ready, app }];
  });
}
