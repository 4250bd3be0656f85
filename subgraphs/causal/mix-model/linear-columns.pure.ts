import { columnOf, fromColumns, type Matrix } from '../numerics/linear/matrix.pure.ts';

/**
 * The columns of linear terms over regions and periods, for products with vectors of rows. Most are the same in every
 * region (trend, season, holidays) or constant within each (levels): they take a sum per period and one per region
 * instead of a pass over all rows each.
 */
export class LinearColumns {
  private readonly periods: number;
  private readonly regions: number;
  /** Columns that are the same in every region, one value per period; and where they stand among all. */
  private readonly repeated: Matrix;
  private readonly repeatedAt: readonly number[];
  /** Columns that are constant within regions, one value per region. */
  private readonly levels: Matrix;
  private readonly levelsAt: readonly number[];
  /** All others. */
  private readonly full: Matrix;
  private readonly fullAt: readonly number[];
  private readonly byPeriod: Float64Array;
  private readonly byRegion: Float64Array;

  constructor(columns: readonly Float64Array[], periods: number) {
    this.periods = periods;
    this.regions = columns[0]!.length / periods;
    const places = [...columns.keys()];
    const isRepeated = (at: number): boolean =>
      columns[at]!.every((value, row) => value === columns[at]![row % periods]);
    const isLevel = (at: number): boolean =>
      columns[at]!.every((value, row) => value === columns[at]![row - (row % periods)]);
    this.repeatedAt = places.filter(isRepeated);
    this.levelsAt = places.filter((at) => !isRepeated(at) && isLevel(at));
    this.fullAt = places.filter((at) => !isRepeated(at) && !isLevel(at));
    this.repeated = fromColumns(this.repeatedAt.map((at) => columns[at]!.subarray(0, periods)));
    this.levels = fromColumns(
      this.levelsAt.map((at) =>
        Float64Array.from({ length: this.regions }, (_, region) => columns[at]![region * periods]!),
      ),
    );
    this.full = fromColumns(this.fullAt.map((at) => columns[at]!));
    this.byPeriod = new Float64Array(periods);
    this.byRegion = new Float64Array(this.regions);
  }

  /** The products of all columns with a vector of rows. */
  project(rows: Float64Array, into: Float64Array): void {
    const { periods, byPeriod, byRegion } = this;
    byPeriod.fill(0);
    for (let region = 0; region < this.regions; region++) {
      let sum = 0;
      for (let period = 0, row = region * periods; period < periods; period++, row++) {
        const value = rows[row]!;
        sum += value;
        byPeriod[period] = byPeriod[period]! + value;
      }
      byRegion[region] = sum;
    }
    projectOn(this.repeated, this.repeatedAt, byPeriod, into);
    projectOn(this.levels, this.levelsAt, byRegion, into);
    projectOn(this.full, this.fullAt, rows, into);
  }

  /** `into += columns · weights`. */
  add(weights: Float64Array, into: Float64Array): void {
    const { periods, byPeriod, byRegion } = this;
    byPeriod.fill(0);
    byRegion.fill(0);
    addColumns(this.repeated, this.repeatedAt, weights, byPeriod);
    addColumns(this.levels, this.levelsAt, weights, byRegion);
    for (let region = 0; region < this.regions; region++) {
      const level = byRegion[region]!;
      for (let period = 0, row = region * periods; period < periods; period++, row++) {
        into[row] = into[row]! + byPeriod[period]! + level;
      }
    }
    addColumns(this.full, this.fullAt, weights, into);
  }
}

/** M'r, four columns in one pass: r is read once for them, and their sums do not wait for each other. */
function projectOn(columns: Matrix, places: readonly number[], r: Float64Array, into: Float64Array): void {
  const last = columns.columns - 1;
  for (let column = 0; column <= last; column += 4) {
    const a = columnOf(columns, column);
    const b = columnOf(columns, Math.min(column + 1, last));
    const c = columnOf(columns, Math.min(column + 2, last));
    const d = columnOf(columns, Math.min(column + 3, last));
    let ofA = 0;
    let ofB = 0;
    let ofC = 0;
    let ofD = 0;
    for (let row = 0; row < r.length; row++) {
      const value = r[row]!;
      ofA += a[row]! * value;
      ofB += b[row]! * value;
      ofC += c[row]! * value;
      ofD += d[row]! * value;
    }
    into[places[column]!] = ofA;
    if (column + 1 <= last) into[places[column + 1]!] = ofB;
    if (column + 2 <= last) into[places[column + 2]!] = ofC;
    if (column + 3 <= last) into[places[column + 3]!] = ofD;
  }
}

/** `into += M weights`, four columns in one pass. */
function addColumns(columns: Matrix, places: readonly number[], weights: Float64Array, into: Float64Array): void {
  const last = columns.columns - 1;
  const weightOf = (column: number): number => (column <= last ? weights[places[column]!]! : 0);
  for (let column = 0; column <= last; column += 4) {
    const a = columnOf(columns, column);
    const b = columnOf(columns, Math.min(column + 1, last));
    const c = columnOf(columns, Math.min(column + 2, last));
    const d = columnOf(columns, Math.min(column + 3, last));
    const [wa, wb, wc, wd] = [weightOf(column), weightOf(column + 1), weightOf(column + 2), weightOf(column + 3)];
    for (let row = 0; row < into.length; row++) {
      into[row] = into[row]! + (wa * a[row]! + wb * b[row]! + wc * c[row]! + wd * d[row]!);
    }
  }
}
