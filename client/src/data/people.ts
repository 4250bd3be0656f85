import { PeopleDocument } from './people.generated.ts';
import { createQuery } from './query.ts';
import { viewer } from './session.ts';

/** Turns the id of who asked for something into a name; `schedule` and `system` speak for themselves. */
export function createPeople(): (id: string) => string {
  const query = createQuery(PeopleDocument, () => ({}));
  return (id) => {
    if (id === viewer()?.user?.id) return 'You';
    if (id === 'schedule' || id === 'system') return id === 'system' ? 'System' : 'Schedule';
    const user = query.data()?.members.find((member) => member.user.id === id)?.user;
    return user?.name || user?.email || id;
  };
}
