/** A value of a field. */
export type Value = string | number | boolean | null;

/** A row with its fields; those of its parent are named with a dot, e.g. `Campaign.Name`. */
export type Row = Readonly<Record<string, Value>>;

interface Condition {
  field: string;
  operator: string;
  values: ReadonlySet<Value>;
  isInstant: boolean;
}

export interface Query {
  fields: string[];
  object: string;
  where: Condition[];
  orderBy: string[];
  limit: number | null;
}

const shape =
  /^\s*SELECT\s+(?<fields>[\w.,\s]+?)\s+FROM\s+(?<object>\w+)(?:\s+WHERE\s+(?<where>.+?))?(?:\s+ORDER\s+BY\s+(?<order>[\w.,\s]+?))?(?:\s+LIMIT\s+(?<limit>\d+))?\s*$/is;
const condition = /^(?<field>[\w.]+)\s*(?<operator>>=|<=|!=|=|>|<|\s+IN\b|IN\b)\s*(?<value>.+)$/is;

const instantText = /^\d{4}-\d{2}-\d{2}T/;

/** Reads the part of SOQL that connectors need: conditions joined by AND. Null when it cannot be read. */
export function parseSoql(text: string): Query | null {
  const found = shape.exec(text)?.groups;
  if (!found) return null;
  const where = found['where'] === undefined ? [] : found['where'].split(/\s+AND\s+/i).map(parseCondition);
  if (where.includes(null)) return null;
  return {
    fields: list(found['fields']!),
    object: found['object']!,
    where: where as Condition[],
    orderBy: found['order'] === undefined ? [] : list(found['order']),
    limit: found['limit'] === undefined ? null : Number(found['limit']),
  };
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function parseCondition(text: string): Condition | null {
  const found = condition.exec(text.trim())?.groups;
  if (!found) return null;
  const operator = found['operator']!.trim().toUpperCase();
  const inner = operator === 'IN' ? /^\((.*)\)$/s.exec(found['value']!.trim())?.[1] : found['value'];
  if (inner === undefined) return null;
  const values = (operator === 'IN' ? list(inner) : [inner.trim()]).map(literal);
  if (values.includes(undefined)) return null;
  return {
    field: found['field']!,
    operator,
    values: new Set(values as Value[]),
    isInstant: instantText.test(inner.trim()),
  };
}

/** Texts are quoted; instants, dates, numbers and names of constants are not. */
function literal(text: string): Value | undefined {
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  if (instantText.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : comparable(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const constants: Record<string, Value> = { true: true, false: false, null: null };
  return constants[text.toLowerCase()];
}

const instantLength = '2026-11-01T10:00:00.000'.length;

/** Instants without their zone, which is UTC for all that is stored. */
function comparable(value: string): string {
  return new Date(value).toISOString().slice(0, instantLength);
}

/** The rows a query finds, in its order. */
export function select(rows: readonly Row[], { where, orderBy, limit }: Query): Row[] {
  const found = rows.filter((row) => where.every((one) => fits(row[one.field] ?? null, one)));
  if (orderBy.length > 0) {
    found.sort((a, b) => {
      const field = orderBy.find((name) => a[name] !== b[name]);
      return field === undefined ? 0 : order(a[field] ?? null, b[field] ?? null);
    });
  }
  return limit === null ? found : found.slice(0, limit);
}

function fits(stored: Value, { operator, values, isInstant }: Condition): boolean {
  const own = isInstant && typeof stored === 'string' ? stored.slice(0, instantLength) : stored;
  if (operator === 'IN' || operator === '=') return values.has(own);
  if (operator === '!=') return !values.has(own);
  const [value = null] = values;
  return own !== null && value !== null && compares(order(own, value), operator);
}

function compares(sign: number, operator: string): boolean {
  if (operator === '>=') return sign >= 0;
  if (operator === '<=') return sign <= 0;
  return operator === '>' ? sign > 0 : sign < 0;
}

function order(a: Value, b: Value): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
