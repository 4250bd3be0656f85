type Plain = Record<string, unknown>;

/**
 * An order as Shopify's webhooks write it, in the words of the GraphQL API: names in camel case, ids as `gid://…`,
 * states in capitals, and sums that webhooks leave out.
 */
export function shopifyOrder(order: Plain): Plain {
  const refunds = list(order['refunds']).map(refundOf);
  const currency = text(order['currency']);
  const money = (amount: number): Plain => ({ shopMoney: { amount: amount.toFixed(2), currencyCode: currency } });
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...(camel(order) as Plain),
    id: order['admin_graphql_api_id'] ?? `gid://shopify/Order/${text(order['id'])}`,
    legacyResourceId: text(order['id']),
    currencyCode: currency,
    presentmentCurrencyCode: order['presentment_currency'] ?? currency,
    displayFinancialStatus: upper(order['financial_status']),
    displayFulfillmentStatus: upper(order['fulfillment_status'] ?? 'unfulfilled'),
    tags: text(order['tags'])
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    discountCodes: list(order['discount_codes']).map((one) => text(one['code'])),
    customer: customerOf(order['customer'] as Plain | null | undefined),
    refunds: refunds.map(({ id, createdAt, amount }) => ({ id, createdAt, totalRefundedSet: money(amount) })),
    totalRefundedSet: money(refunded),
    customerJourneySummary: journeyOf(order),
  };
}

function refundOf(refund: Plain): { id: string; createdAt: unknown; amount: number } {
  const id = `gid://shopify/Refund/${text(refund['id'])}`;
  const paid = list(refund['transactions']).filter(({ kind, status }) => kind === 'refund' && status === 'success');
  const amount = paid.reduce((sum, one) => sum + Number(one['amount']), 0);
  return { id: text(refund['admin_graphql_api_id']) || id, createdAt: refund['created_at'], amount };
}

function customerOf(customer: Plain | null | undefined): Plain | null {
  return customer ? { id: customer['admin_graphql_api_id'] ?? `gid://shopify/Customer/${text(customer['id'])}` } : null;
}

/** Where the buyer came from; webhooks know the last visit only. */
function journeyOf(order: Plain): Plain | null {
  const landing = text(order['landing_site']);
  if (landing === '' && !order['referring_site']) return null;
  const address = URL.canParse(landing, 'https://shop.invalid') ? new URL(landing, 'https://shop.invalid') : null;
  const names = ['source', 'medium', 'campaign', 'content', 'term'];
  const utm = Object.fromEntries(names.map((name) => [name, address?.searchParams.get(`utm_${name}`) ?? null]));
  const visit = {
    landingPage: landing || null,
    referrerUrl: order['referring_site'] ?? null,
    source: utm['source'] ?? null,
    sourceType: null,
    utmParameters: Object.values(utm).some((value) => value !== null) ? utm : null,
  };
  return { firstVisit: null, lastVisit: visit };
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      camel(inner),
    ]),
  );
}

function list(value: unknown): Plain[] {
  return Array.isArray(value) ? (value as Plain[]) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function upper(value: unknown): string | null {
  return text(value).toUpperCase() || null;
}
