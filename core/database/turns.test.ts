import { expect, it } from 'vitest';
import { inBackground, Turns } from './turns.ts';

/** Lets users of given names wait behind one that has the turn; the order in which they get theirs. */
async function orderOf(names: readonly string[]): Promise<string[]> {
  const turns = new Turns();
  const order: string[] = [];
  const release = await turns.take();
  const use = async (name: string): Promise<void> => {
    const done = await turns.take();
    order.push(name);
    done();
  };
  const all = names.map((name) => (name.startsWith('job') ? inBackground.run(true, () => use(name)) : use(name)));
  release();
  await Promise.all(all);
  return order;
}

it('gives turns in the order they were asked for, those of the background last', async () => {
  expect(await orderOf(['job 1', 'a', 'job 2', 'b'])).toEqual(['a', 'b', 'job 1', 'job 2']);
});

it('keeps nobody of the background out for long', async () => {
  const people = Array.from({ length: 20 }, (_, index) => `person ${index}`);
  const order = await orderOf(['job 1', 'job 2', ...people]);
  expect(order.indexOf('job 1')).toBe(8);
  expect(order.indexOf('job 2')).toBe(17);
});

it('is given on once, however often one says so', async () => {
  const turns = new Turns();
  const done = await turns.take();
  const second = turns.take();
  let third = false;
  void turns.take().then(() => (third = true));
  done();
  done();
  const release = await second;
  await Promise.resolve();
  expect(third).toBe(false);
  release();
});

it('has one user at a time, also when one comes as another leaves', async () => {
  const turns = new Turns();
  let users = 0;
  const use = async (): Promise<void> => {
    const done = await turns.take();
    expect((users += 1)).toBe(1);
    await Promise.resolve();
    users -= 1;
    done();
  };
  await Promise.all(Array.from({ length: 50 }, async (_, index) => (index % 2 ? use() : use().then(use))));
});
