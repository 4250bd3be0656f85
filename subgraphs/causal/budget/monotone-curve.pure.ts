/**
 * A smooth curve through points, by cubic pieces that go up and down only where the points do (Fritsch and Carlson
 * 1980, slopes by Fritsch and Butland's harmonic mean). `x` increases.
 */
export class MonotoneCurve {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly slopes: Float64Array;

  constructor(x: Float64Array, y: Float64Array) {
    this.x = x;
    this.y = y;
    this.slopes = slopesThrough(x, y);
  }

  /** The value at a point; beyond the ends, the value at the end. */
  at(point: number): number {
    const { x, y, slopes } = this;
    const last = x.length - 1;
    if (point <= x[0]!) return y[0]!;
    if (point >= x[last]!) return y[last]!;
    const from = intervalOf(x, point);
    const width = x[from + 1]! - x[from]!;
    const t = (point - x[from]!) / width;
    const s = 1 - t;
    return (
      s * s * ((1 + 2 * t) * y[from]! + t * width * slopes[from]!) +
      t * t * ((1 + 2 * s) * y[from + 1]! - s * width * slopes[from + 1]!)
    );
  }
}

/** The last index whose x is not beyond the point. */
function intervalOf(x: Float64Array, point: number): number {
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= point) low = middle;
    else high = middle;
  }
  return low;
}

function slopesThrough(x: Float64Array, y: Float64Array): Float64Array {
  const last = x.length - 1;
  const widths = Float64Array.from({ length: last }, (_, index) => x[index + 1]! - x[index]!);
  const rises = widths.map((width, index) => (y[index + 1]! - y[index]!) / width);
  return Float64Array.from(x, (_, index) => {
    if (index === 0) return rises[0]!;
    if (index === last) return rises[last - 1]!;
    const [before, after] = [rises[index - 1]!, rises[index]!];
    if (before * after <= 0) return 0;
    const [w1, w2] = [2 * widths[index]! + widths[index - 1]!, widths[index]! + 2 * widths[index - 1]!];
    return (w1 + w2) / (w1 / before + w2 / after);
  });
}
