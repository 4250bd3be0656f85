import { expect, test } from 'vitest';
import { rankCommands } from './rank-commands.ts';

const commands = [
  { id: 'hub', label: 'Hub', group: 'Go to' },
  { id: 'upload', label: 'Upload a file', group: 'Create', also: 'csv import' },
  { id: 'theme', label: 'Switch theme', group: 'Act', also: 'dark light' },
];

test('everything shows in its order when nothing was typed', () => {
  expect(rankCommands(commands, ' ').map(({ id }) => id)).toEqual(['hub', 'upload', 'theme']);
});

test('a beginning of the label beats a mention', () => {
  expect(rankCommands(commands, 'u').map(({ id }) => id)).toEqual(['upload', 'hub']);
});

test('every word must be found, synonyms count', () => {
  expect(rankCommands(commands, 'import csv').map(({ id }) => id)).toEqual(['upload']);
  expect(rankCommands(commands, 'theme csv')).toEqual([]);
});
