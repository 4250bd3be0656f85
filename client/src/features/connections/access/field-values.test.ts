import { expect, test } from 'vitest';
import { checkGroup, readGroup } from './field-values.ts';

const shop = { name: 'shop', label: 'Shop', optional: false, pattern: '[a-z-]+' };

test('only the fields of the group are read, trimmed, and empty ones left out', () => {
  const form = new FormData();
  form.set('setting.shop', ' my-shop ');
  form.set('setting.region', '');
  form.set('secret.key', 'k');
  expect(readGroup(form, 'setting')).toEqual([{ name: 'shop', value: 'my-shop' }]);
});

test('a pattern must match the whole value', () => {
  expect(checkGroup([shop], [{ name: 'shop', value: 'my-shop' }])).toEqual({});
  expect(checkGroup([shop], [{ name: 'shop', value: 'my shop' }])).toEqual({ shop: 'Shop does not look right.' });
});

test('what is optional may be missing', () => {
  expect(checkGroup([shop], [])).toEqual({ shop: 'Shop is missing.' });
  expect(checkGroup([{ ...shop, optional: true }], [])).toEqual({});
});
