import { pathsOf } from '../language/expression.pure.ts';
import { parseTemplate } from '../language/template.pure.ts';
import { didYouMean } from '../language/did-you-mean.pure.ts';
import { listOf, objectOf, type Loose, type Report } from './loose.pure.ts';
import type { Path } from './document.pure.ts';

const deliveries = ['facts', 'items', 'journeys', 'entities'] as const;

/** Checks what the parts of a stream say about each other. */
export function checkStream(stream: Loose, path: Path, report: Report): void {
  if (!deliveries.some((delivery) => delivery in stream)) {
    report(path, 'This stream brings nothing; declare facts, items, journeys or entities.');
  }
  checkPaging(stream, path, report);
  checkWindow(stream, path, report);
  checkReport(stream, path, report);
  checkKey(stream, path, report);
  for (const delivery of deliveries) checkItem(stream[delivery], [...path, delivery], report);
}

/** What each way of paging tells the next request. */
const positions: Readonly<Record<string, string>> = { cursor: 'cursor', page: 'number', offset: 'offset' };

function checkPaging(stream: Loose, path: Path, report: Report): void {
  const paging = objectOf(stream['paging']);
  const type = typeof paging['type'] === 'string' ? paging['type'] : 'none';
  const used = new Set(namesIn(stream['request'], 'page'));
  const own = positions[type];
  if (own && paging['parameter'] === undefined && !used.has(own)) {
    const message = `Every page would be the first: name the parameter, or use page.${own} in the request.`;
    report([...path, 'paging'], message);
  }
  for (const name of used) {
    if (name !== 'size' && name !== own && Object.values(positions).includes(name)) {
      report([...path, 'request'], `page.${name} is not known with paging of type ${type}.`);
    }
  }
  const sized = paging['size_parameter'] !== undefined || used.has('size');
  if (!sized && stream['page_size'] !== undefined) {
    report([...path, 'page_size'], 'The request never tells it: add size_parameter to paging, or use page.size.');
  }
}

function checkWindow(stream: Loose, path: Path, report: Report): void {
  const { by } = objectOf(stream['cursor']);
  if (by !== 'day' && by !== 'update') return;
  const asked = [stream['request'], objectOf(stream['report'])['create']];
  if (!stream['request'] || namesIn(asked, 'slice').length > 0) return;
  const wanted = by === 'day' ? 'slice.from and slice.to' : 'slice.since and slice.until';
  report([...path, 'request'], `Every window would read the same: use ${wanted} in the request.`);
}

function checkKey(stream: Loose, path: Path, report: Report): void {
  const known = Object.keys(objectOf(stream['schema']));
  if (known.length === 0) return;
  listOf(stream['key']).forEach((field, index) => {
    if (typeof field !== 'string' || known.includes(field)) return;
    report([...path, 'key', index], `${field} is not in schema${didYouMean(field, known)}.`);
  });
}

/** A report is asked for, looked after, and then read by its id. */
function checkReport(stream: Loose, path: Path, report: Report): void {
  const used = namesIn([stream['request'], objectOf(stream['report'])['poll']], 'report').length > 0;
  if (stream['report'] === undefined && used) report([...path, 'request'], 'There is no report in this stream.');
  if (stream['report'] === undefined || namesIn(stream['request'], 'report').length > 0) return;
  report([...path, 'request'], 'The request never says which report to read: use report.id in it.');
}

/** `item` exists behind `each` only. */
function checkItem(delivery: unknown, path: Path, report: Report): void {
  const members: [Path, unknown][] = Array.isArray(delivery)
    ? delivery.map((member, index) => [[...path, index], member])
    : [[path, delivery]];
  for (const [at, member] of members) {
    const { each, touches, ...others } = objectOf(member);
    if (each === undefined && namesIn(others, 'item').length + bareItems(others) > 0) {
      report(at, 'item is a member of the list that each names; add each, or use row.');
    }
    void touches;
  }
}

function bareItems(value: unknown): number {
  return pathsIn(value).filter((steps) => steps.length === 1 && steps[0] === 'item').length;
}

/** Names that texts below a value use behind a root, e.g. `from` for `slice.from`. */
function namesIn(value: unknown, root: string): string[] {
  return pathsIn(value).flatMap(([first, second]) => (first === root && second !== undefined ? [String(second)] : []));
}

function pathsIn(value: unknown): (readonly (string | number)[])[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(pathsIn);
  if (typeof value !== 'string' || !value.includes('{{')) return [];
  try {
    return parseTemplate(value).flatMap((part) =>
      'expression' in part ? pathsOf(part.expression).map(({ steps }) => steps) : [],
    );
  } catch {
    // What is no template is the schema's business.
    return [];
  }
}
