import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { holidaysWithin } from '../calendar/calendar.service.ts';
import { relevantEntities, surfacingEntities } from '../context/context-port.ts';
import { forgetConnection, ingest } from '../ingest/ingest.service.ts';
import { withdraw } from '../ingest/withdraw.ts';
import { forgetBefore } from '../retention/forget-before.ts';
import { itemFrame } from '../items/item-frame.view.ts';
import { journeyFrame } from '../journeys/journeys.view.ts';
import { recordFrame } from '../records/record-frame.view.ts';
import { totalsByUnit } from '../records/totals-by-unit.view.ts';

/** The unified data API as other modules of this process use it. */
export const memoryPort: MemoryPort = {
  ingest,
  records: recordFrame,
  items: itemFrame,
  journeys: journeyFrame,
  totals: totalsByUnit,
  surfacing: surfacingEntities,
  relevant: relevantEntities,
  calendar: (_, query) => holidaysWithin(query),
  withdraw,
  forgetConnection,
  forgetBefore,
};
