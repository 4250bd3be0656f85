import Download from 'lucide-solid/icons/download';
import { Show } from 'solid-js';
import { may } from '../../data/session.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { toCsv } from '../../ui/csv.ts';
import { decimal, percent } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { Candidate, SearchParts } from './search-result.tsx';

/** The address of a form that begins with a candidate's shapes as beliefs. */
function trainAddress({ search }: SearchParts, { number }: Candidate): string {
  return `/mix-model/new?search=${search.id}&candidate=${number}`;
}

function leading({ channels }: Candidate): string {
  const first = channels.toSorted((a, b) => b.shareOfEffect - a.shareOfEffect)[0];
  return first ? `${first.name}, ${percent(first.shareOfEffect, 0)}` : '';
}

function columnsOf(props: SearchParts): Column<Candidate>[] {
  const measures: Column<Candidate>[] = [
    { key: 'error', label: 'Error', numeric: true, value: (row) => row.error, cell: (row) => percent(row.error) },
    {
      key: 'distance',
      label: 'Distance',
      numeric: true,
      value: (row) => row.distance,
      cell: (row) => decimal(row.distance),
    },
    {
      key: 'experiments',
      label: 'From experiments',
      numeric: true,
      value: (row) => row.liftError,
      cell: (row) => percent(row.liftError, 0),
    },
  ];
  return [
    {
      key: 'number',
      label: 'Candidate',
      value: (row) => row.number,
      cell: (row) => (
        <Button
          size="sm"
          look="ghost"
          aria-pressed={row.number === props.chosen.number}
          aria-label={`Show candidate ${row.number}`}
          class="aria-pressed:bg-accent-soft aria-pressed:text-accent"
          onClick={() => props.choose(row.number)}
        >
          {row.number}
        </Button>
      ),
    },
    ...measures.filter(({ key }) => key !== 'experiments' || props.search.front.some(({ liftError }) => liftError > 0)),
    { key: 'leading', label: 'Most effect', wideOnly: true, cell: leading },
    {
      key: 'train',
      label: 'Train',
      quiet: true,
      numeric: true,
      cell: (row) => (
        <Show when={may('causal:run')}>
          <LinkButton
            size="sm"
            href={trainAddress(props, row)}
            title={`Train with the shapes of candidate ${row.number}`}
          >
            Train<span class="max-sm:sr-only"> with these shapes</span>
          </LinkButton>
        </Show>
      ),
    },
  ];
}

/** Every channel of every candidate in a row. */
function saveAll({ search, file }: SearchParts): void {
  const measures = ['number', 'error', 'distance', 'liftError'] as const;
  const shapes = ['name', 'shareOfEffect', 'shareOfSpend', 'roi', 'decay', 'slope', 'half'] as const;
  const rows = search.front.flatMap((candidate) =>
    candidate.channels.map((channel) => [
      ...measures.map((key) => candidate[key]),
      ...shapes.map((key) => channel[key]),
    ]),
  );
  saveFile(`${file}-best.csv`, 'text/csv;charset=utf-8', toCsv([...measures, ...shapes], rows));
}

/** Candidates that no other beats. */
export function CandidatesCard(props: SearchParts) {
  return (
    <Card
      title="Best candidates"
      hint="None is better in one measure without being worse in another; a number shows the candidate below"
      aside={
        <Button size="icon" aria-label="Save channels of the best candidates as CSV" onClick={() => saveAll(props)}>
          <Download size={15} aria-hidden="true" />
        </Button>
      }
      flush
    >
      <Table label="Best candidates" columns={columnsOf(props)} rows={props.search.front} maxHeight="420px" />
    </Card>
  );
}
