import type { Money } from '../schema.generated.ts';

/** Money as it is shown, from micros as text; exact in `micros`, to 53 bits in `amount`. */
export function money(micros: string, currency: string): Money {
  return { micros, amount: Number(micros) / 1e6, currency };
}
