/** Units of a pasted list: one a line, or with a stratum after a comma; a list with strata has them in every line. */
export function readUnits(text: string): { units: string[] } | { strata: { unit: string; stratum: string }[] } {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!lines.some((line) => line.includes(','))) return { units: lines };
  const strata = lines.map((line) => {
    const [unit = '', ...rest] = line.split(',');
    return { unit: unit.trim(), stratum: rest.join(',').trim() };
  });
  return { strata };
}
