import { Show, createMemo } from 'solid-js';
import { Scatter } from '../../charts/scatter.tsx';
import { Legend } from '../../charts/legend.tsx';
import { useQuery } from '../../data/url.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { decimal, percent } from '../../ui/format.ts';
import { CandidateCard, DisagreementCard } from './candidate-cards.tsx';
import { CandidatesCard } from './candidates-card.tsx';
import { ConclusionCard } from './conclusion-card.tsx';
import type { MixExplorationFieldsFragment } from './exploration.generated.ts';

export type Search = MixExplorationFieldsFragment;
export type Candidate = Search['front'][number];

/** What every part of a result needs. */
export interface SearchParts {
  search: Search;
  chosen: Candidate;
  choose: (number: number) => void;
  /** Beginning of the names of files. */
  file: string;
}

interface Point {
  kind: string;
  error: number;
  distance: number;
}

/** Others that are not so far off that the best would be pressed together in a corner. */
function nearest({ front, others }: Search): Search['others'] {
  const limitOf = (measure: 'error' | 'distance'): number => {
    const best = front.map((point) => point[measure]);
    return Math.max(...best) + Math.max(Math.max(...best) - Math.min(...best), 0.25 * Math.max(...best));
  };
  const [error, distance] = [limitOf('error'), limitOf('distance')];
  return others.filter((point) => point.error <= error && point.distance <= distance);
}

function ScatterCard(props: SearchParts) {
  const rows = (): Point[] => [
    ...props.search.front.map(({ number, error, distance }) => ({ kind: `Candidate ${number}`, error, distance })),
    ...props.search.others.map(({ error, distance }) => ({ kind: 'Other', error, distance })),
  ];
  const fields: FigureField<Point>[] = [
    { key: 'candidate', label: 'Candidate', read: (row) => row.kind },
    { key: 'error', label: 'Error', read: (row) => row.error, show: percent },
    { key: 'distance', label: 'Distance', read: (row) => row.distance, show: decimal },
  ];
  const near = createMemo(() => nearest(props.search));
  const far = () => props.search.others.length - near().length;
  const judgedByExperiments = () => props.search.front.some(({ liftError }) => liftError > 0);
  return (
    <FigureCard
      title="Error against distance"
      hint="Lower is better in both: how far a candidate is from the figures, and its shares of effect from the shares of spend. Choose one of the best."
      file={`${props.file}-candidates`}
      rows={rows()}
      fields={fields}
    >
      <Scatter
        label="Error of candidates against the distance of their shares of effect from shares of spend; the table has the numbers"
        points={props.search.front.map(({ number, error, distance }) => ({
          name: `Candidate ${number}`,
          x: distance,
          y: error,
        }))}
        others={near().map(({ error, distance }) => ({ x: distance, y: error }))}
        chosen={`Candidate ${props.chosen.number}`}
        onChoose={(name) => props.choose(Number(name.split(' ')[1]))}
        xLabel="Distance from shares of spend"
        yLabel="Error, % of the range of the KPI"
        xTick={(value) => decimal(value)}
        yTick={(value) => percent(value)}
        joined={!judgedByExperiments()}
      />
      <Legend
        items={[
          { name: 'Beaten by no other', colour: 'var(--series-1)', shape: 0 },
          {
            name: `Some of the others${far() > 0 ? `; ${far()} worse ones lie beyond, in the table` : ''}`,
            colour: 'var(--ink-2)',
            shape: 0,
          },
        ]}
      />
    </FigureCard>
  );
}

/** What a search found: the sentence first, then all candidates, and the chosen one of the best. */
export function SearchResult(props: { search: Search }) {
  const url = useQuery();
  const chosen = createMemo(
    () => props.search.front.find(({ number }) => String(number) === url.get('candidate')) ?? props.search.front[0],
  );
  return (
    <div class="flex min-w-0 flex-col gap-4">
      <ConclusionCard
        conclusion={props.search.conclusion}
        warnings={props.search.warnings}
        assumptions={props.search.assumptions}
      />
      <Show when={chosen()}>
        {(candidate) => {
          const parts = (): SearchParts => ({
            search: props.search,
            chosen: candidate(),
            choose: (number) => url.set({ candidate: String(number) }),
            file: `mix-search-${props.search.id.slice(-6)}`,
          });
          return (
            <>
              <ScatterCard {...parts()} />
              <CandidatesCard {...parts()} />
              <CandidateCard {...parts()} />
              <DisagreementCard {...parts()} />
            </>
          );
        }}
      </Show>
    </div>
  );
}
