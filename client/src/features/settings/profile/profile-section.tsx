import { viewer } from '../../../data/session.ts';
import { Card } from '../../../ui/card.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { words } from '../../../ui/format.ts';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { ThemeCard } from './theme-card.tsx';

/** The person who is signed in. */
export function ProfileSection() {
  return (
    <>
      <Card title="You">
        <Facts
          items={[
            ['Name', viewer()?.user?.name],
            ['E-mail', viewer()?.user?.email],
            ['Role', words(viewer()?.role ?? '–')],
            ['May', viewer()?.scopes.join(', ')],
          ]}
        />
      </Card>
      <ThemeCard />
      <PasswordCard />
      <SessionsCard />
    </>
  );
}
