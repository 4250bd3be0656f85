import { PeopleDocument } from './people.generated.ts';
import { createQuery } from './query.ts';
import { viewer } from './session.ts';

const others: Record<string, string> = { schedule: 'Schedule', system: 'System' };

/** Turns the id of who asked for something into a name; what is no person is named as it is. */
export function createPeople(): (id: string) => string {
  const query = createQuery(PeopleDocument, () => ({}));
  const colleague = (id: string) => query.data()?.members.find((member) => member.user.id === id)?.user;
  return (id) => {
    if (id === viewer()?.user?.id) return 'You';
    return others[id] ?? (colleague(id)?.name || colleague(id)?.email || id);
  };
}
