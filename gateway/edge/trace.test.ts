import { expect, test } from 'vitest';
import { correlationIdFrom, traceparentFrom } from './trace.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';

test('a trace that the caller has begun goes on, with a span of our own', () => {
  const own = traceparentFrom(`00-${trace}-b7ad6b7169203331-01`);
  expect(own).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(own).not.toContain('b7ad6b7169203331');
});

test.each([undefined, '', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `01-${trace}-b7ad6b7169203331-01`])(
  'from %s a new trace begins',
  (header) => {
    expect(traceparentFrom(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traceparentFrom(header)).not.toContain(trace);
  },
);

test('traces do not repeat', () => {
  expect(new Set(Array.from({ length: 2000 }, () => traceparentFrom(undefined))).size).toBe(2000);
});

test("a caller's id for a request is taken over only when it is harmless in a log", () => {
  expect(correlationIdFrom('order-17.retry_2')).toBe('order-17.retry_2');
  for (const header of ['short', 'x'.repeat(65), 'a\nforged: line', '<script>', undefined]) {
    expect(correlationIdFrom(header)).toMatch(/^[0-9a-f-]{36}$/);
  }
});
