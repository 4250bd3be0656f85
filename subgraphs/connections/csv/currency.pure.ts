const codes = new Set(Intl.supportedValuesOf('currency'));

/** Whether a text is an ISO 4217 code in capitals, e.g. `EUR`. */
export function isCurrencyCode(text: string): boolean {
  return text.length === 3 && codes.has(text);
}
