import iconv from 'iconv-lite';
import type { RecordColumns } from '@liftos/core/ports/memory.ts';
import { describe, expect, test } from 'vitest';
import { longestRecord } from './record-guard.ts';
import { readContent, type ReadResult } from './testing.ts';

const headerText = 'date,channel,campaign,spend,clicks,revenue';

function records(result: ReadResult): RecordColumns {
  const batch = result.batches[0];
  if (batch?.kind !== 'records') throw new Error('There are no records.');
  return batch.columns;
}

function codes(result: ReadResult): string[] {
  return result.errors.map(({ line, column, code }) => `${line} ${column} ${code}`);
}

describe('encodings', () => {
  const text = 'Datum;Kanal;Kosten\n01.02.2024;Müller “Ads” – €;1.234,56\n';
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16 BE', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['UTF-16 LE without a mark', iconv.encode(text, 'utf-16le', { addBOM: false }), 'utf-16le'],
    ['Windows-1252', iconv.encode(text, 'windows-1252'), 'windows-1252'],
  ])('%s is read', async (_, bytes, encoding) => {
    const result = await readContent(bytes);
    expect(result.analysis.layout).toMatchObject({ encoding, delimiter: ';' });
    expect(result.analysis.names[0]).toBe('Datum');
    expect(records(result)).toMatchObject({ date: ['2024-02-01'], channel: ['Müller “Ads” – €'] });
    expect(records(result).spend[0]).toBe(1_234_560_000n);
  });

  test('an ASCII beginning with other bytes later is Windows-1252', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${headerText}\n`),
      iconv.encode('2024-01-01,Köln,,1,1,1\n', 'windows-1252'),
    ]);
    expect(records(await readContent(bytes, {}, false)).channel).toEqual(['Köln']);
  });

  test('in a UTF-8 file, only the rows with other bytes are refused', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${headerText}\n2024-01-01,Köln,,1,1,1\n`),
      Buffer.from([...Buffer.from('2024-01-02,K'), 0xf6, ...Buffer.from('ln,,1,1,1\n')]),
    ]);
    const result = await readContent(bytes, {
      layout: { encoding: 'utf-8', markBytes: 0, delimiter: ',', lineEnd: '\n', headerLine: 1 },
    });
    expect(records(result).channel).toEqual(['Köln']);
    expect(codes(result)).toEqual(['3 channel BAD_CHARACTER']);
  });
});

describe('layouts', () => {
  test.each([[','], [';'], ['\t'], ['|']])('cells are separated by %j', async (delimiter) => {
    const result = await readContent(`${headerText}\n2024-01-01,a,b,1,2,3\n`.replaceAll(',', delimiter));
    expect(result.analysis.layout.delimiter).toBe(delimiter);
    expect(records(result).campaign).toEqual(['b']);
  });

  test('quotes hold delimiters, quotes and line ends', async () => {
    const result = await readContent(
      `${headerText}\r\n2024-01-01,"a,b","c ""d""\r\ne",1,2,3\r\n2024-01-99,x,,1,2,3\r\n`,
    );
    expect(records(result)).toMatchObject({ channel: ['a,b'], campaign: ['c "d"\r\ne'] });
    expect(codes(result)).toEqual(['4 date IMPOSSIBLE_DATE']);
  });

  test('lines may end with carriage returns alone', async () =>
    expect((await readContent(`${headerText}\r2024-01-01,a,,1,2,3\r2024-01-02,a,,1,2,3\r`)).state.rowsAccepted).toBe(
      2,
    ));

  test('titles above the header are left out', async () => {
    const result = await readContent(
      `Campaign report\n"1 Jan 2024 - 2 Jan 2024"\n${headerText}\n2024-01-01,a,,1,2,3\n2024-01-02,a,,1,2,3\n`,
    );
    expect(result.analysis.layout.headerLine).toBe(3);
    expect(result.state).toMatchObject({ rowsRead: 2, rowsAccepted: 2 });
  });

  test('a quote inside a cell is a character', async () =>
    expect(records(await readContent(`${headerText}\n2024-01-01,a,5" screen,1,2,3\n`)).campaign).toEqual([
      '5" screen',
    ]));

  test('an empty file and a lone header are problems, not errors', async () => {
    expect((await readContent('')).analysis.problems).toEqual(['The file is empty.']);
    const lone = await readContent(headerText);
    expect(lone.analysis.problems).toEqual(['The file has a header and no rows.']);
    expect(lone.state.rowsRead).toBe(0);
  });

  test('unknown and nameless columns are listed, repeated names told apart', async () => {
    const { analysis } = await readContent('date,channel,spend,colour,,spend\n2024-01-01,a,1,red,x,2\n');
    expect(analysis.names).toEqual(['date', 'channel', 'spend', 'colour', 'Column 5', 'spend (2)']);
    expect(analysis.notes).toEqual(['Left out, as their meaning is unknown: colour, Column 5, spend (2).']);
  });

  test('a hundred thousand columns are refused', async () => {
    const { analysis } = await readContent(`${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n`);
    expect(analysis.problems).toEqual(['The file has more than 1000 columns.']);
  });
});

describe('bad rows', () => {
  test('each is listed with line, column and value while the good ones land', async () => {
    const result = await readContent(
      [
        headerText,
        '2024-01-01,good,,1,2,3',
        '2024-02-30,a,,1,2,3',
        '2024-01-01,,,1,2,3',
        '2024-01-01,a,,-1,2,3',
        '2024-01-01,a,,NaN,2,3',
        '2024-01-01,a,,1e999,2,3',
        '2024-01-01,a,,1,-2,3',
        '2024-01-01,a\u0000b,,1,2,3',
        '2024-01-01,a,,1,2',
        '2024-01-01,a,,1,2,3,4',
        'yesterday,a,,x,2,3',
        '2024-01-01,good again,,1,2,-3',
      ].join('\n'),
    );
    expect(codes(result)).toEqual([
      '3 date IMPOSSIBLE_DATE',
      '4 channel MISSING',
      '5 spend NEGATIVE',
      '6 spend NOT_A_NUMBER',
      '7 spend NOT_A_NUMBER',
      '8 clicks NEGATIVE',
      '9 channel BAD_CHARACTER',
      '10 null COLUMN_COUNT',
      '11 null COLUMN_COUNT',
      '12 date NOT_A_DATE',
      '12 spend NOT_A_NUMBER',
    ]);
    expect(result.errors[2]).toMatchObject({ value: '-1', message: 'This may not be negative.' });
    expect(records(result).channel).toEqual(['good', 'good again']);
    expect(result.state).toMatchObject({ rowsRead: 12, rowsAccepted: 2, rowsRejected: 10 });
  });

  test('cells that look like formulas stay text', async () => {
    const cell = '=HYPERLINK("http://x","y")';
    const result = await readContent(`${headerText}\n2024-01-01,@a,"${cell.replaceAll('"', '""')}",1,2,3\n`);
    expect(records(result)).toMatchObject({ channel: ['@a'], campaign: [cell] });
  });

  test('the last of equal rows counts, and they are counted', async () => {
    const result = await readContent(
      `${headerText}\n2024-01-01,a,b,1,2,3\n2024-01-01,a,b,9,2,3\n2024-01-01,a,c,1,2,3\n`,
    );
    expect([...records(result).spend]).toEqual([9_000_000n, 1_000_000n]);
    expect(result.state).toMatchObject({ rowsAccepted: 3, duplicates: 1 });
  });

  test('the same row in another region is another row', async () => {
    const result = await readContent(
      'date,region,channel,spend\n2024-01-01,US-CA,a,1\n2024-01-01,,a,2\n2024-01-01, US-NY ,a,3\n2024-01-01,US-CA,a,4\n',
    );
    expect(records(result)).toMatchObject({ region: ['US-CA', null, 'US-NY'] });
    expect([...records(result).spend]).toEqual([4_000_000n, 2_000_000n, 3_000_000n]);
    expect(result.state).toMatchObject({ duplicates: 1 });
    const plain = await readContent('date,channel,spend\n2024-01-01,a,1\n');
    expect(records(plain)).not.toHaveProperty('region');
  });

  test('a region that is too long or broken is refused with its line', async () => {
    const result = await readContent(
      `date,region,channel,spend\n2024-01-01,${'x'.repeat(2001)},a,1\n2024-01-01,A\u0000B,a,1\n2024-01-01,ok,a,1\n`,
    );
    expect(codes(result)).toEqual(['2 region TOO_LONG', '3 region BAD_CHARACTER']);
    expect(records(result).region).toEqual(['ok']);
  });

  test('a quote that is never closed costs one line', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `2024-01-01,c${i},,1,2,3`);
    lines[5] = '2024-01-01,"open,,1,2,3';
    const result = await readContent(`${headerText}\n${lines.join('\n')}\n`);
    expect(codes(result)).toEqual(['7 null BAD_QUOTES']);
    expect(result.state.rowsAccepted).toBe(19_999);
    const atEnd = await readContent(`${headerText}\n2024-01-01,"open,,1,2,3\n2024-01-01,a,,1,2,3\n`);
    expect(atEnd.state.rowsAccepted).toBe(1);
  });

  test('a line that is too long is refused and the next one has its right number', async () => {
    const long = 'x'.repeat(longestRecord + 1);
    const result = await readContent(
      `${headerText}\n2024-01-01,a,,1,2,3\n2024-01-01,${long},,1,2,3\n2024-01-99,a,,1,2,3\n`,
    );
    expect(codes(result)).toEqual(['3 null TOO_LONG', '4 date IMPOSSIBLE_DATE']);
    expect(result.state).toMatchObject({ rowsRead: 3, rowsAccepted: 1, rowsRejected: 2 });
  });

  test('one line of 50 MB takes no memory to refuse', async () => {
    const content = Buffer.concat([
      Buffer.from(`${headerText}\n2024-01-01,`),
      Buffer.alloc(50 * 1024 * 1024, 'x'),
      Buffer.from(',,1,2,3\n2024-01-02,a,,1,2,3\n'),
    ]);
    const before = process.memoryUsage().rss;
    const result = await readContent(content);
    expect(codes(result)).toEqual(['2 null TOO_LONG']);
    expect(records(result).date).toEqual(['2024-01-02']);
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  test('beyond a thousand the details are left out and the count goes on', async () => {
    const rows = Array.from({ length: 1500 }, () => '2024-01-01,a,,bad,2,3').join('\n');
    const result = await readContent(`${headerText}\n2024-01-01,a,,1,2,3\n${rows}\n`);
    expect(result.errors).toHaveLength(1000);
    expect(result.state.rowsRejected).toBe(1500);
  });

  test('a shown value has at most 200 characters', async () => {
    const result = await readContent(`${headerText}\n2024-01-01,a,,${'9'.repeat(500)},2,3\n`);
    expect(result.errors[0]?.value).toHaveLength(200);
  });
});

test('a file of more than a megabyte without any line end says so', async () => {
  const { analysis } = await readContent('x'.repeat(1_200_000));
  expect(analysis.problems).toEqual(['The first line is too long to hold the names of columns.']);
});

test('large files of old Macintosh programs are read', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `2024-01-01,channel,c${i},1,2,3`).join('\r');
  expect((await readContent(`${headerText}\r${rows}\r`)).state.rowsAccepted).toBe(50_000);
});

test('costs in micros are not multiplied again', async () => {
  const result = await readContent('date,channel,cost_micros\n2024-01-01,a,1234567\n');
  expect(records(result).spend[0]).toBe(1_234_567n);
});

test('a file is read into the same batches every time', async () => {
  const rows = Array.from({ length: 12_000 }, (_, i) => `2024-01-01,a,c${i},1,2,3`).join('\n');
  const result = await readContent(`${headerText}\n${rows}\n`);
  expect(result.batches.map(({ columns }) => columns.currency.length)).toEqual([5000, 5000, 2000]);
});
