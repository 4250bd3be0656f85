import { useNavigate } from '@solidjs/router';
import Play from 'lucide-solid/icons/play';
import { Show, createMemo, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { useQuery } from '../../data/url.ts';
import { isOnlyMock } from '../../runs/only-mock.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { initialMethod, readRecords, toMethod, toRecords, writeRecords } from './lift-form.ts';
import { EvaluateLiftDocument, LiftExtentDocument } from './lift.generated.ts';
import { MethodFields } from './method-card.tsx';
import { type PanelDraft, draftProblem, guessColumns, toPanel } from './panel-draft.ts';
import { PanelSource } from './panel-source.tsx';
import { readTable } from './read-table.ts';
import { RecordsSource } from './records-source.tsx';

const blankDraft: PanelDraft = {
  unit: '',
  period: '',
  value: '',
  startColumn: '',
  treated: [],
  start: '',
  end: '',
  currency: '',
};

/** A pasted table and how it is read. */
function createPanel() {
  const [text, setText] = createSignal('');
  const [draft, setDraft] = createStore<PanelDraft>({ ...blankDraft });
  const table = createMemo(() => readTable(text()));
  const take = (next: string): void => {
    setText(next);
    setDraft({ ...blankDraft, ...guessColumns(readTable(next)) });
  };
  return { text, table, draft, take, change: setDraft, problem: () => draftProblem(table(), draft) };
}

/** The form of an evaluation from records, in the address. */
function createRecords() {
  const url = useQuery();
  const extent = createQuery(LiftExtentDocument, () => ({}));
  const form = createMemo(() => {
    const found = extent.data()?.dataExtent;
    const known = { firstDate: found?.firstDate ?? null, lastDate: found?.lastDate ?? null };
    const onlyMock = isOnlyMock(found?.sourceKinds);
    return readRecords(url.get, { ...known, hasRegions: (found?.regions.length ?? 0) > 0, onlyMock });
  });
  const channels = () => extent.data()?.dataExtent.channels ?? [];
  return { url, form, channels, change: (change: Partial<ReturnType<typeof form>>) => url.set(writeRecords(change)) };
}

type Panel = ReturnType<typeof createPanel>;
type Records = ReturnType<typeof createRecords>;

function DataCard(props: { records: Records; panel: Panel; fromTable: boolean }) {
  return (
    <Card
      title="Data"
      aside={
        <Segmented
          label="Data"
          value={props.fromTable ? 'table' : 'records'}
          options={[
            { value: 'records', label: 'Records' },
            { value: 'table', label: 'CSV table' },
          ]}
          onChange={(value) => props.records.url.set({ data: value === 'table' ? 'table' : null })}
        />
      }
    >
      <Show
        when={props.fromTable}
        fallback={
          <RecordsSource
            form={props.records.form()}
            channels={props.records.channels()}
            onChange={props.records.change}
          />
        }
      >
        <PanelSource
          text={props.panel.text()}
          table={props.panel.table()}
          draft={props.panel.draft}
          problem={props.panel.problem()}
          onText={props.panel.take}
          onChange={props.panel.change}
        />
      </Show>
    </Card>
  );
}

function Evaluate(props: { pending: boolean; problem: string | undefined }) {
  return (
    <Show
      when={may('causal:run')}
      fallback={<Banner tone="info">Your role may read evaluations but not start them.</Banner>}
    >
      <div class="flex items-center gap-3">
        <Button type="submit" look="primary" pending={props.pending} disabled={props.problem !== undefined}>
          <Play size={14} aria-hidden="true" /> Evaluate
        </Button>
        <span class="text-sm text-ink-2">{props.problem}</span>
      </div>
    </Show>
  );
}

/** Asks what was treated, where and when, and how to evaluate it. */
export function NewLiftPage() {
  const navigate = useNavigate();
  const records = createRecords();
  const panel = createPanel();
  const [method, setMethod] = createStore({ ...initialMethod });
  const fromTable = () => records.url.get('data') === 'table';
  const problem = () => {
    if (fromTable()) return panel.problem();
    return records.form().treated.length > 0 ? undefined : 'Choose at least one treated unit.';
  };
  const start = createAction(async () => {
    const data = fromTable() ? { panel: toPanel(panel.table(), panel.draft) } : { records: toRecords(records.form()) };
    const { evaluateLift } = await mutate(EvaluateLiftDocument, { input: { ...toMethod(method), ...data } });
    navigate(`/lift/${evaluateLift.evaluation.id}`);
  });
  return (
    <Page
      title="New lift evaluation"
      status="What would have happened without the treatment, and how far what happened lies from it"
      actions={<LinkButton href="/lift">All evaluations</LinkButton>}
      above={<MockBanner when={!fromTable() && records.form().mock} />}
    >
      <form
        class="flex flex-col gap-4"
        aria-label="Lift evaluation"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        <DataCard records={records} panel={panel} fromTable={fromTable()} />
        <Card title="Evaluation">
          <MethodFields form={method} onChange={setMethod} />
        </Card>
        <Show when={start.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <Evaluate pending={start.pending()} problem={problem()} />
      </form>
    </Page>
  );
}
