import { describe, expect, it } from 'vitest';
import { readUnits } from './read-units.ts';

describe('a pasted list of units', () => {
  it('has one unit a line, whatever the line ends and empty lines', () => {
    expect(readUnits('a\r\n\n b \n')).toEqual({ units: ['a', 'b'] });
  });

  it('has strata once any line has a comma', () => {
    expect(readUnits('a, large\nb,\n')).toEqual({
      strata: [
        { unit: 'a', stratum: 'large' },
        { unit: 'b', stratum: '' },
      ],
    });
  });
});
