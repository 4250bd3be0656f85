import { Problem, requireLength } from '../problem.pure.ts';

/**
 * Diminishing returns: what comes of an exposure x >= 0.
 *
 * HILL x^slope / (x^slope + half^slope) (Robyn, Meridian); LOGISTIC (1 - e^(-rate x)) / (1 + e^(-rate x)); TANH
 * top tanh(x / (top cost)); MICHAELIS_MENTEN top x / (half + x); ROOT x^power (all four PyMC-Marketing).
 */
export type Saturation =
  | { readonly kind: 'HILL'; readonly slope: number; readonly half: number }
  | { readonly kind: 'LOGISTIC'; readonly rate: number }
  | { readonly kind: 'TANH'; readonly top: number; readonly cost: number }
  | { readonly kind: 'MICHAELIS_MENTEN'; readonly top: number; readonly half: number }
  | { readonly kind: 'ROOT'; readonly power: number };

/** The response to every exposure, into `out`, which may be `x` itself. Throws OUT_OF_RANGE for a negative exposure. */
export function saturate(
  x: Float64Array,
  form: Saturation,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  requireForm(form);
  requireLength(out.length, x.length, 'The output');
  const response = responseOf(form);
  for (let t = 0; t < x.length; t++) {
    const exposure = x[t]!;
    if (!(exposure >= 0)) throw new Problem('OUT_OF_RANGE', `The exposure in row ${t + 1} is ${exposure}.`, { row: t });
    out[t] = response(exposure);
  }
  return out;
}

/** What the next unit of exposure adds at x: the derivative; infinite at 0 for roots and flat Hill curves. */
export function marginalResponse(x: number, form: Saturation): number {
  requireForm(form);
  switch (form.kind) {
    case 'HILL': {
      if (x === 0) return form.slope === 1 ? 1 / form.half : form.slope < 1 ? Infinity : 0;
      const share = 1 / (1 + (form.half / x) ** form.slope);
      return (form.slope / x) * share * (1 - share);
    }
    case 'LOGISTIC':
      return (form.rate / 2) * (1 - Math.tanh((form.rate * x) / 2) ** 2);
    case 'TANH':
      return (1 - Math.tanh(x / (form.top * form.cost)) ** 2) / form.cost;
    case 'MICHAELIS_MENTEN':
      return (form.top * form.half) / (form.half + x) ** 2;
    case 'ROOT':
      return form.power * x ** (form.power - 1);
  }
}

function responseOf(form: Saturation): (x: number) => number {
  switch (form.kind) {
    case 'HILL':
      return (x) => (x === 0 ? 0 : 1 / (1 + (form.half / x) ** form.slope));
    case 'LOGISTIC':
      return (x) => Math.tanh((form.rate * x) / 2);
    case 'TANH':
      return (x) => form.top * Math.tanh(x / (form.top * form.cost));
    case 'MICHAELIS_MENTEN':
      return (x) => (form.top * x) / (form.half + x);
    case 'ROOT':
      return (x) => x ** form.power;
  }
}

function requireForm({ kind, ...parameters }: Saturation): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new Problem('OUT_OF_RANGE', `The ${name} of a ${kind} curve must be positive, and is ${value}.`, {
      name,
      value,
    });
  }
}
