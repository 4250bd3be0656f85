/** A condition of a query, all of which must hold. */
export interface Condition {
  field: string;
  operator: '=' | '!=' | '>' | '>=' | '<' | '<=' | 'IN' | 'NOT IN' | 'BETWEEN';
  values: readonly string[];
}

/** A query of the Google Ads Query Language. */
export interface Query {
  fields: readonly string[];
  resource: string;
  conditions: readonly Condition[];
  order: readonly { field: string; descending: boolean }[];
  limit: number | null;
}

const shape =
  /^\s*SELECT\s+(?<fields>[\s\S]+?)\s+FROM\s+(?<resource>\w+)(?:\s+WHERE\s+(?<where>[\s\S]+?))?(?:\s+ORDER\s+BY\s+(?<order>[\s\S]+?))?(?:\s+LIMIT\s+(?<limit>\d+))?(?:\s+PARAMETERS\s+[\s\S]+)?\s*$/i;
const condition =
  /^\s*(?<field>[\w.]+)\s*(?:(?<between>BETWEEN)\s+(?<low>\S+)\s+AND\s+(?<high>\S+)|(?<list>(?:NOT\s+)?IN)\s*\((?<items>[^)]*)\)|(?<operator>>=|<=|!=|=|>|<)\s*(?<value>'[^']*'|"[^"]*"|\S+))\s*/i;

/** Reads a query; a text says what is wrong with it. */
export function parseQuery(text: string): Query | string {
  const groups = shape.exec(text)?.groups;
  if (!groups) return 'Error in query: unexpected input.';
  const conditions = parseConditions(groups.where ?? '');
  if (typeof conditions === 'string') return conditions;
  const order = (groups.order ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s+/))
    .filter(([field]) => field !== '')
    .map(([field, direction]) => ({ field: field!, descending: direction?.toUpperCase() === 'DESC' }));
  return {
    fields: groups.fields!.split(',').map((field) => field.trim()),
    resource: groups.resource!,
    conditions,
    order,
    limit: groups.limit === undefined ? null : Number(groups.limit),
  };
}

function parseConditions(where: string): Condition[] | string {
  const conditions: Condition[] = [];
  for (let rest = where; rest.trim() !== '';) {
    const found = condition.exec(rest);
    if (!found) return `Error in query: unexpected input near ${rest.trim().slice(0, 30)}.`;
    conditions.push(toCondition(found.groups!));
    rest = rest.slice(found[0].length).replace(/^AND\s+/i, '');
  }
  return conditions;
}

function toCondition(groups: Record<string, string | undefined>): Condition {
  const field = groups.field!;
  if (groups.between) return { field, operator: 'BETWEEN', values: [bare(groups.low!), bare(groups.high!)] };
  if (groups.list) {
    const operator = groups.list.toUpperCase().startsWith('NOT') ? 'NOT IN' : 'IN';
    return { field, operator, values: groups.items!.split(',').map((item) => bare(item.trim())) };
  }
  return { field, operator: groups.operator as Condition['operator'], values: [bare(groups.value!)] };
}

function bare(value: string): string {
  return value.replaceAll(/^['"]|['"]$/g, '');
}

const tests: Record<Condition['operator'], (compared: readonly number[]) => boolean> = {
  '=': (compared) => compared.includes(0),
  IN: (compared) => compared.includes(0),
  '!=': (compared) => !compared.includes(0),
  'NOT IN': (compared) => !compared.includes(0),
  BETWEEN: ([low, high]) => low! >= 0 && high! <= 0,
  '>': ([to]) => to! > 0,
  '>=': ([to]) => to! >= 0,
  '<': ([to]) => to! < 0,
  '<=': ([to]) => to! <= 0,
};

/** Whether a value meets a condition; numbers compare as numbers. */
export function meets(value: unknown, { operator, values }: Condition): boolean {
  return tests[operator](values.map((other) => compare(value, other)));
}

/** Below, equal or above: -1, 0, 1. */
export function compare(a: unknown, b: unknown): number {
  const [x, y] = [Number(a), Number(b)];
  const areNumbers = a !== '' && b !== '' && Number.isFinite(x) && Number.isFinite(y);
  const [left, right] = areNumbers ? [x, y] : [String(a), String(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
