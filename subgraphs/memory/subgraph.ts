import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { calendarResolvers } from './calendar/calendar.resolver.ts';
import { memoryPort } from './port/memory-port.ts';

export const memory = defineSubgraph({
  name: 'memory',
  folder: import.meta.dirname,
  resolvers: [calendarResolvers],
  ports: () => ({ memory: memoryPort }),
});
