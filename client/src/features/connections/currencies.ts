const usual = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'PLN', 'JPY'];

/** Currencies to choose from, the given one among them. */
export function currenciesFor(code: string): string[] {
  return usual.includes(code) ? usual : [code, ...usual];
}
