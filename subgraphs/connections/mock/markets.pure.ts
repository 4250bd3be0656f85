/** A market that figures may be split by. */
export interface Market {
  name: string;
  /** Inhabitants in thousands, roughly as of 2020. */
  population: number;
}

/** Metropolitan areas of the United States, the largest first. */
const metropolitanAreas =
  'New York 20140, Los Angeles 13200, Chicago 9619, Dallas 7637, Houston 7122, Washington 6385, Philadelphia 6245, ' +
  'Miami 6138, Atlanta 6090, Boston 4942, Phoenix 4846, San Francisco 4749, Riverside 4600, Detroit 4392, Seattle 4019, ' +
  'Minneapolis 3690, San Diego 3299, Tampa 3175, Denver 2964, Baltimore 2844, St. Louis 2820, Orlando 2673, ' +
  'Charlotte 2660, San Antonio 2558, Portland 2513, Sacramento 2397, Pittsburgh 2371, Austin 2283, Las Vegas 2265, ' +
  'Cincinnati 2257, Kansas City 2192, Columbus 2139, Indianapolis 2111, Cleveland 2088, San Jose 2000, Nashville 1990, ' +
  'Virginia Beach 1800, Providence 1677, Jacksonville 1606, Milwaukee 1575, Oklahoma City 1426, Raleigh 1414, ' +
  'Memphis 1338, Richmond 1314, Louisville 1286, New Orleans 1272, Salt Lake City 1258, Hartford 1214, Buffalo 1167, ' +
  'Birmingham 1115';

const markets: readonly Market[] = metropolitanAreas.split(', ').map((entry) => {
  const [, name, population] = /^(.+) (\d+)$/.exec(entry)!;
  return { name: name!, population: Number(population) };
});

/** Markets a generated world may have. */
export const mostMarkets = markets.length;

/** That many markets, evenly taken from large to small, so that few of them are of all sizes too. */
export function marketsOf(count: number): Market[] {
  return Array.from({ length: count }, (_, index) => markets[Math.floor((index * markets.length) / count)]!);
}
