import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer, money, percent, words } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Sameness } from '../../ui/sameness.tsx';
import { Time } from '../../ui/time.tsx';
import {
  type LiftFieldsFragment,
  ReproduceLiftEvaluationDocument,
  type ReproduceLiftEvaluationMutation,
} from './lift.generated.ts';
import { methodNames } from './lift-names.ts';

type Outcome = ReproduceLiftEvaluationMutation['reproduceLiftEvaluation'];

function Reproduce(props: { run: LiftFieldsFragment }) {
  const [outcome, setOutcome] = createSignal<Outcome>();
  const action = createAction(async () => {
    setOutcome((await mutate(ReproduceLiftEvaluationDocument, { id: props.run.id })).reproduceLiftEvaluation);
  });
  const save = (): void =>
    saveFile(`lift-${props.run.id.slice(-6)}.json`, 'application/json', `${JSON.stringify(props.run, null, 2)}\n`);
  return (
    <div class="flex flex-col gap-2">
      <div class="flex flex-wrap gap-2">
        <Show when={may('causal:run')}>
          <Button size="sm" pending={action.pending()} onClick={() => void action.run()}>
            Compute again and compare
          </Button>
        </Show>
        <Button size="sm" onClick={save}>
          Save as JSON
        </Button>
      </div>
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={outcome()}>{(found) => <Sameness of={found()} />}</Show>
    </div>
  );
}

interface Settings {
  settings: {
    synthetic: { variant: string; fixedEffects: boolean; permutations: string };
    differences: { aggregation: string; controlGroup: string };
    impact: { draws: number; trend: boolean; seasons: number };
  };
}

function methodFacts(run: LiftFieldsFragment): [string, string][] {
  const { synthetic, differences, impact } = (run.settings as Settings).settings;
  if (run.method === 'SYNTHETIC_CONTROL') {
    return [
      ['Variant', words(synthetic.variant)],
      ['Unit fixed effects', synthetic.fixedEffects ? 'Yes' : 'No'],
      ['p-values by', synthetic.permutations === 'SHIFTS' ? 'All cyclic shifts of time' : '10,000 random orders'],
    ];
  }
  if (run.method === 'CAUSAL_IMPACT') {
    return [
      ['Draws', integer(impact.draws)],
      ['Slope', impact.trend ? 'Yes' : 'No'],
      ['Seasons', impact.seasons > 1 ? String(impact.seasons) : 'None'],
    ];
  }
  return [
    ['Average of groups', words(differences.aggregation)],
    ['Compared with', words(differences.controlGroup)],
  ];
}

function spendFacts(run: LiftFieldsFragment): [string, string][] {
  const spend = run.result?.spend;
  if (!spend) return [];
  return [
    ['Spend before', spend.before === null ? 'Not known' : `${money(spend.before, spend.currency)} per period`],
    [
      'Change of spend',
      `${money(spend.totalChange, spend.currency)} in total, ${spend.given ? 'as given' : 'from the records'}`,
    ],
  ];
}

/** How the figures came about: what was read, what was set, and that it can be done again. */
export function ComputedCard(props: { run: LiftFieldsFragment }) {
  return (
    <Card title="How was this computed?">
      <div class="flex flex-col gap-4">
        <Facts
          items={[
            ['Method', methodNames[props.run.method]],
            ...methodFacts(props.run),
            ['Intervals', percent(props.run.result?.level, 0)],
            ['Seed', String(props.run.seed)],
            ['Computed', <Time at={props.run.finishedAt} />],
            ['Took', duration(props.run.computeMillis)],
            ['Code', <code class="font-mono text-xs">{props.run.codeVersion}</code>],
          ]}
        />
        <Show when={props.run.inputs}>
          {(inputs) => (
            <Facts
              items={[
                ['Values', inputs().valueName],
                [
                  'Treated',
                  inputs().treated.slice(0, 8).join(', ') +
                    (inputs().treated.length > 8 ? ` and ${inputs().treated.length - 8} more` : ''),
                ],
                ['Controls', integer(inputs().controls.length)],
                ['Periods', `${integer(inputs().periods)}, ${inputs().firstPeriod} – ${inputs().lastPeriod}`],
                ['Start', inputs().start],
                ...spendFacts(props.run),
                [
                  'Source',
                  inputs().source === 'PANEL' ? 'A panel given with it' : inputs().sourceKinds.map(words).join(', '),
                ],
                ['Filled with nothing', integer(inputs().filled)],
                ['Data hash', <DataHash hash={inputs().dataHash} />],
              ]}
            />
          )}
        </Show>
        <Show when={props.run.state === 'SUCCEEDED'}>
          <Reproduce run={props.run} />
        </Show>
      </div>
    </Card>
  );
}
