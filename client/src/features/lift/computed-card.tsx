import { Show } from 'solid-js';
import { Reproduce } from '../../runs/reproduce.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { duration, integer, money, percent, words } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Time } from '../../ui/time.tsx';
import type { LiftFieldsFragment } from './lift.generated.ts';
import { methodNames, periodName } from './lift-names.ts';

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
  const save = (): void =>
    saveFile(`lift-${props.run.id.slice(-6)}.json`, 'application/json', `${JSON.stringify(props.run, null, 2)}\n`);
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
                [
                  'Periods',
                  `${integer(inputs().periods)}, ${periodName(inputs().firstPeriod)} – ${periodName(inputs().lastPeriod)}`,
                ],
                ['Start', periodName(inputs().start)],
                ...spendFacts(props.run),
                [
                  'Source',
                  inputs().source === 'PANEL' ? 'A table given with it' : inputs().sourceKinds.map(words).join(', '),
                ],
                ['Filled with nothing', integer(inputs().filled)],
                ['Data hash', <DataHash hash={inputs().dataHash} />],
              ]}
            />
          )}
        </Show>
        <Show when={props.run.state === 'SUCCEEDED'}>
          <Reproduce kind="LIFT_EVALUATION" id={props.run.id}>
            <Button size="sm" onClick={save}>
              Save as JSON
            </Button>
          </Reproduce>
        </Show>
      </div>
    </Card>
  );
}
