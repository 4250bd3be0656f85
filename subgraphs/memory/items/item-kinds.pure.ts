import type { ItemKind } from '@liftos/core/ports/memory.ts';

const all: Record<ItemKind, true> = {
  order: true,
  refund: true,
  payment: true,
  contact: true,
  deal: true,
  message: true,
  event: true,
  lift: true,
};

/** All kinds there are. */
export const itemKinds = Object.keys(all) as readonly ItemKind[];
