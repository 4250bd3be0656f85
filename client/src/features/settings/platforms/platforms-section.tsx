import { createQuery } from '../../../data/query.ts';
import { AppsCard } from './apps-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { OAuthAppsDocument } from './platforms.generated.ts';

/** What the organisation registered with platforms, and the keys its secrets are kept with. */
export function PlatformsSection() {
  const query = createQuery(OAuthAppsDocument, () => ({}));
  return (
    <>
      <AppsCard query={query} />
      <KeysCard />
    </>
  );
}
