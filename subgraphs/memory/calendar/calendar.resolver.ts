import type { QueryCalendarArgs } from '../schema.generated.ts';
import { calendarOf } from './calendar.service.ts';

export const calendarResolvers = {
  Query: { calendar: (_: unknown, args: QueryCalendarArgs) => calendarOf(args) },
};
