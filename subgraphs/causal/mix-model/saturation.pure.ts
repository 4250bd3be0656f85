import type { Saturation } from './mix-settings.pure.ts';

/** Response at many points: its value, its slope in the point, its slopes by the parameters. */
export interface Response {
  readonly value: Float64Array;
  readonly byPoint: Float64Array;
  /** One array per parameter: half and slope, rate, or half. */
  readonly byParameter: readonly Float64Array[];
}

const parameterCount = { none: 0, hill: 2, logistic: 1, michaelisMenten: 1 } as const;

export function responseOf(kind: Saturation['kind'], points: number): Response {
  const array = (): Float64Array => new Float64Array(points);
  return { value: array(), byPoint: array(), byParameter: Array.from({ length: parameterCount[kind] }, array) };
}

/** Computes the response at non-negative points. The slope of a Hill curve at 0 is given as 0, as nothing moves there. */
export function writeResponse(
  kind: Saturation['kind'],
  parameters: Float64Array,
  points: Float64Array,
  into: Response,
): void {
  if (kind === 'hill') writeHill(parameters[0]!, parameters[1]!, points, into);
  else if (kind === 'logistic') writeLogistic(parameters[0]!, points, into);
  else if (kind === 'michaelisMenten') writeMichaelisMenten(parameters[0]!, points, into);
  else {
    into.value.set(points);
    into.byPoint.fill(1);
  }
}

function writeHill(half: number, slope: number, points: Float64Array, { value, byPoint, byParameter }: Response): void {
  const [byHalf, bySlope] = [byParameter[0]!, byParameter[1]!];
  const logHalf = Math.log(half);
  for (let row = 0; row < points.length; row++) {
    const point = points[row]!;
    if (point <= 0) {
      value[row] = byPoint[row] = byHalf[row] = bySlope[row] = 0;
      continue;
    }
    const log = Math.log(point) - logHalf;
    const share = 1 / (1 + Math.exp(-slope * log));
    const curvature = share * (1 - share);
    value[row] = share;
    byPoint[row] = (slope * curvature) / point;
    byHalf[row] = (-slope * curvature) / half;
    bySlope[row] = curvature * log;
  }
}

function writeLogistic(rate: number, points: Float64Array, { value, byPoint, byParameter }: Response): void {
  const byRate = byParameter[0]!;
  for (let row = 0; row < points.length; row++) {
    const point = points[row]!;
    const decay = Math.exp(-rate * point);
    const share = (1 - decay) / (1 + decay);
    const bend = 0.5 * (1 - share * share);
    value[row] = share;
    byPoint[row] = rate * bend;
    byRate[row] = point * bend;
  }
}

function writeMichaelisMenten(half: number, points: Float64Array, { value, byPoint, byParameter }: Response): void {
  const byHalf = byParameter[0]!;
  for (let row = 0; row < points.length; row++) {
    const point = points[row]!;
    const inverse = 1 / (point + half);
    const share = point * inverse;
    value[row] = share;
    byPoint[row] = (1 - share) * inverse;
    byHalf[row] = -share * inverse;
  }
}
