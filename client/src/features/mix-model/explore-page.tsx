import { useNavigate, useParams } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { createMixForm } from './create-mix-form.ts';
import { ChannelFields, DataFields, ShapeFields } from './data-fields.tsx';
import { ExploreMixModelsDocument } from './exploration.generated.ts';
import { CalibrationFields, ExtraFields } from './extra-fields.tsx';
import type { FormParts } from './form-parts.ts';
import { MixFormFrame } from './mix-form-frame.tsx';
import { SearchPage } from './search-page.tsx';

/** How many shapes are tried, and which are out of the question. */
function createSearch() {
  const [candidates, setCandidates] = createSignal(2000);
  const [nonNegative, setNonNegative] = createSignal(true);
  return { candidates, setCandidates, nonNegative, setNonNegative };
}

function SearchFields(props: FormParts & { search: ReturnType<typeof createSearch> }) {
  return (
    <div class="flex flex-col gap-4">
      <div class="grid max-w-xl grid-cols-1 gap-4 sm:grid-cols-2">
        <TextField
          label="Candidates"
          type="number"
          min={100}
          max={20_000}
          step={100}
          required
          hint="100 to 20,000; thousands take seconds"
          value={props.search.candidates()}
          onChange={(event) => props.search.setCandidates(Number(event.currentTarget.value))}
        />
        <TextField
          label="Seed"
          type="number"
          hint="The same seed finds the same"
          value={props.form.seed}
          onChange={(event) => props.change('seed', Number(event.currentTarget.value))}
        />
      </div>
      <Checkbox
        checked={props.search.nonNegative()}
        onChange={(event) => props.search.setNonNegative(event.currentTarget.checked)}
        label="No channel takes sales away"
      />
    </div>
  );
}

function Cards(props: { parts: FormParts; search: ReturnType<typeof createSearch> }) {
  return (
    <>
      <Card title="Data">
        <DataFields {...props.parts} search />
      </Card>
      <Card
        title="Channels"
        hint="Carry-over fades evenly and curves are of Hill’s form; their shapes are searched for"
      >
        <div class="flex flex-col gap-4">
          <ChannelFields {...props.parts} />
          <ShapeFields {...props.parts} search />
        </div>
      </Card>
      <Card title="What else moves it" hint="Whatever moves both spend and sales belongs here">
        <ExtraFields {...props.parts} />
      </Card>
      <Card title="Experiments" hint="Candidates are also judged by how far they are from results taken along">
        <CalibrationFields {...props.parts} />
      </Card>
      <Card title="Search">
        <SearchFields {...props.parts} search={props.search} />
      </Card>
    </>
  );
}

/** Asks what to search over, and starts the search. */
function NewSearch() {
  const navigate = useNavigate();
  const mix = createMixForm();
  const search = createSearch();
  const start = createAction(async () => {
    const training = { ...mix.input(), geo: 'NATIONAL' as const, holdout: 0, priors: [] };
    const { exploreMixModels } = await mutate(ExploreMixModelsDocument, {
      input: { training, candidates: search.candidates(), nonNegative: search.nonNegative() },
    });
    navigate(`/mix-model/explore/${exploreMixModels.exploration.id}`);
  });
  return (
    <Page
      title="Explore mix models"
      status="Thousands of shapes are tried quickly, to see what the data allows before a model is trained"
      actions={
        <>
          <LinkButton href="/mix-model?tab=searches">All searches</LinkButton>
          <LinkButton href="/mix-model/new">New model</LinkButton>
        </>
      }
      above={<MockBanner when={mix.parts().form.mock} />}
    >
      <MixFormFrame
        label="Search over mix models"
        mix={mix}
        start={start}
        submit="Search"
        denied="Your role may read searches but not start them."
      >
        <Cards parts={mix.parts()} search={search} />
      </MixFormFrame>
    </Page>
  );
}

/** A search over mix models that is kept, or the form of a new one. */
export function ExplorePage() {
  const params = useParams<{ id?: string }>();
  return (
    <Show when={params.id} keyed fallback={<NewSearch />}>
      {(id) => <SearchPage id={id} />}
    </Show>
  );
}
