import { useSearchParams } from '@solidjs/router';
import { viewer } from './session.ts';

/** The query of the address with single values; `set` replaces the entry of the history unless told to push. */
export function useQuery(): {
  get(name: string): string | undefined;
  set(values: Record<string, string | null | undefined>, push?: boolean): void;
} {
  const [query, setQuery] = useSearchParams();
  return {
    get: (name) => {
      const value = query[name];
      return Array.isArray(value) ? value[0] : value;
    },
    set: (values, push = false) => setQuery(values, { replace: !push, scroll: false }),
  };
}

/** Time zone of the organisation, in which days begin. */
export function timeZone(): string {
  return viewer()?.organization.timeZone ?? 'UTC';
}
