import { describe, expect, it } from 'vitest';
import { initialForm, toInput } from './mix-form.ts';

const form = initialForm('2020-01-01', '2026-01-04', '2026-02-01');

describe('toInput', () => {
  it('begins three years before the last day, and no earlier than the first', () => {
    expect(form).toMatchObject({ from: '2023-01-09', to: '2026-01-04' });
    expect(initialForm('2025-01-01', null, '2026-02-01')).toMatchObject({ from: '2025-01-01', to: '2026-02-01' });
  });

  it('names channels only when some are left out, and drops their priors', () => {
    const priors = [{ key: 'roi', channel: 'tv', kind: 'LOG_NORMAL' as const, parameters: [1, 0.5] }];
    expect(toInput({ ...form, priors }, ['tv', 'search'])).not.toHaveProperty('onlyChannels');
    const input = toInput({ ...form, priors, without: ['tv'] }, ['tv', 'search']);
    expect(input).toMatchObject({ onlyChannels: ['search'], priors: [] });
  });

  it('reads events, and controls from lines or from records', () => {
    const input = toInput(
      {
        ...form,
        holidays: ' DE ',
        events: [
          { name: 'sale', dates: '2025-01-01, 2025-02-01' },
          { name: '', dates: '' },
        ],
        controls: [
          { name: 'price', channel: '', measure: 'CLICKS', values: '2025-01-01, 3\n\n2025-01-08;4' },
          { name: 'organic', channel: 'seo', measure: 'CLICKS', values: '' },
        ],
      },
      [],
    );
    expect(input.holidays).toEqual({ region: 'DE' });
    expect(input.events).toEqual([{ name: 'sale', dates: ['2025-01-01', '2025-02-01'] }]);
    expect(input.controls).toEqual([
      { name: 'price', dates: ['2025-01-01', '2025-01-08'], values: [3, 4] },
      { name: 'organic', channel: 'seo', measure: 'CLICKS' },
    ]);
  });
});
