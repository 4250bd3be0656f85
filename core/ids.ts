import { v7 } from 'uuid';

/** A UUIDv7: unique, and sorts by time of creation. */
export function newId(): string {
  return v7();
}
