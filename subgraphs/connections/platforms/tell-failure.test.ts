import { describe, expect, it } from 'vitest';
import { linkedinAds as connector } from './linkedin-ads/linkedin-ads.connector.ts';
import { tellFailure } from './tell-failure.pure.ts';

describe('tellFailure', () => {
  it('names the version that was switched off, and what to do', () => {
    const told = tellFailure({ class: 'version_sunset', message: 'Nonexistent version.' }, connector);
    expect(told).toBe(
      `LinkedIn Ads has switched off version ${connector.live!.version} of its API. Update LiftOS; all that was read before is kept. (Nonexistent version.)`,
    );
  });

  it('sends the author of a connector to its YAML', () => {
    const own = { ...connector, category: 'custom' as const };
    expect(tellFailure({ class: 'version_sunset', message: 'Gone.' }, own)).toContain('in the YAML of the connector');
  });

  it('names the permissions that a stream needs', () => {
    const failure = { class: 'permission' as const, message: 'Not enough permissions.' };
    expect(tellFailure(failure, connector, { scopes: ['r_ads_reporting'] })).toBe(
      'Not enough permissions. Connect again and grant r_ads_reporting, without which this is not delivered.',
    );
    expect(tellFailure(failure, connector, {})).toBe('Not enough permissions.');
  });

  it('leaves the platform’s words as they are otherwise', () => {
    expect(tellFailure({ class: 'transient', message: 'Try later.' }, connector)).toBe('Try later.');
  });
});
