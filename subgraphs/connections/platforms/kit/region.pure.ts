const country = /^[A-Z]{2}$/;
const province = /^[A-Z0-9]{1,3}$/;

/**
 * The market of an address, coarse on purpose: country and province by ISO 3166-2 such as `US-CA`, the country alone
 * where the province is none or written in words, null without a country.
 */
export function regionOf(countryCode: string | null | undefined, provinceCode?: string | null): string | null {
  const land = countryCode?.trim().toUpperCase() ?? '';
  if (!country.test(land)) return null;
  const part = (provinceCode ?? '').trim().toUpperCase().replace(`${land}-`, '');
  return province.test(part) ? `${land}-${part}` : land;
}
