import { createEffect, on } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { createQuery } from '../../data/query.ts';
import { timeZone, useQuery } from '../../data/url.ts';
import { isOnlyMock } from '../../runs/only-mock.ts';
import { dayIn } from '../../ui/range.ts';
import { MixExplorationDocument } from './exploration.generated.ts';
import type { FormParts } from './form-parts.ts';
import { type MixForm, initialForm, toInput } from './mix-form.ts';
import { MixPreviewDocument, MixSourcesDocument } from './mix-model.generated.ts';
import { type SearchBeginning, beginningOf } from './search-form.ts';

/** What the address asks to begin with: the settings of a search, and the shapes of one of its candidates. */
function createBeginning() {
  const url = useQuery();
  const query = createQuery(MixExplorationDocument, () => (url.get('search') ? { id: url.get('search')! } : null));
  const beginning = (): SearchBeginning | undefined => {
    const found = query.data()?.mixExploration;
    return found ? beginningOf(found, Number(url.get('candidate'))) : undefined;
  };
  return { ready: () => !url.get('search') || !query.loading(), beginning };
}

/** A form that begins with what is known of the records, or with a search, and what a training of it would read. */
export function createMixForm() {
  const url = useQuery();
  const sources = createQuery(MixSourcesDocument, () => ({}));
  const search = createBeginning();
  const today = dayIn(Date.now(), timeZone());
  const [form, change] = createStore<MixForm>(initialForm(null, null, today));
  createEffect(
    on([sources.data, search.ready], ([found, ready]) => {
      if (!found || !ready) return;
      const { firstDate, lastDate, sourceKinds } = found.dataExtent;
      const mock = url.get('source') === 'mock' || isOnlyMock(sourceKinds);
      change(reconcile({ ...initialForm(firstDate, lastDate, today), mock, ...search.beginning()?.form }));
    }),
  );
  const isReady = () => sources.data() !== undefined && search.ready();
  const input = () => toInput(form, spending());
  const preview = createQuery(MixPreviewDocument, () => (isReady() ? { input: input() } : null));
  const found = () => preview.data()?.mixModelPreview;
  const spending = (): string[] => (found()?.channels ?? []).filter(({ spend }) => spend > 0).map(({ name }) => name);
  // Which channels a search left out can be told once it is known which there are. After that people decide.
  let isTold = false;
  createEffect(() => {
    const only = search.beginning()?.only;
    if (isTold || !only || spending().length === 0) return;
    isTold = true;
    change(
      'without',
      spending().filter((name) => !only.includes(name)),
    );
  });
  const parts = (): FormParts => ({ form, change, preview: found() });
  const isUsable = () => found()?.problems.length === 0;
  const failure = () => sources.failure() ?? preview.failure();
  return { parts, input, failure, isReady, isUsable };
}
