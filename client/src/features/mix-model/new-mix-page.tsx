import { A, useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { useQuery } from '../../data/url.ts';
import { MockBanner } from '../../ui/mock-banner.tsx';
import { PriorFields } from '../../runs/prior-fields.tsx';
import { Banner } from '../../ui/banner.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { createMixForm } from './create-mix-form.ts';
import { ChannelFields, DataFields, ShapeFields } from './data-fields.tsx';
import { CalibrationFields, ExtraFields } from './extra-fields.tsx';
import type { FormParts } from './form-parts.ts';
import { MixFormFrame } from './mix-form-frame.tsx';
import { TrainMixModelDocument } from './mix-model.generated.ts';

function Sampler(props: FormParts) {
  const number = (label: string, key: 'chains' | 'draws' | 'acceptance' | 'seed', step: string) => (
    <TextField
      label={label}
      type="number"
      step={step}
      value={props.form[key]}
      onChange={(event) => props.change(key, Number(event.currentTarget.value))}
    />
  );
  return (
    <details>
      <summary class="w-fit text-sm font-semibold text-ink-2 hover:text-ink">Sampler</summary>
      <div class="mt-3 grid max-w-3xl grid-cols-2 gap-4 sm:grid-cols-4">
        {number('Chains', 'chains', '1')}
        {number('Draws per chain', 'draws', '100')}
        {number('Acceptance aimed at', 'acceptance', '0.01')}
        {number('Seed', 'seed', '1')}
      </div>
    </details>
  );
}

function Cards(props: FormParts) {
  return (
    <>
      <Card title="Data">
        <DataFields {...props} />
      </Card>
      <Card title="Channels">
        <div class="flex flex-col gap-4">
          <ChannelFields {...props} />
          <ShapeFields {...props} />
        </div>
      </Card>
      <Card title="What else moves it" hint="Whatever moves both spend and sales belongs here">
        <ExtraFields {...props} />
      </Card>
      <Card title="Experiments">
        <CalibrationFields {...props} />
      </Card>
      <Card title="Beliefs before the data" hint="Read them; where the data says little, they decide">
        <PriorFields
          priors={props.preview?.priors ?? []}
          changed={props.form.priors}
          onChange={(priors) => props.change('priors', priors)}
        />
      </Card>
      <Card>
        <Sampler {...props} />
      </Card>
    </>
  );
}

/** What the form is about to use that is easily overlooked. */
function Above(props: { mock: boolean }) {
  const url = useQuery();
  return (
    <>
      <MockBanner when={props.mock} />
      <Show when={url.get('search') && url.get('candidate')}>
        <Banner tone="info">
          The form begins with the data of a search, and the beliefs below with the shapes of its candidate{' '}
          {url.get('candidate')}.{' '}
          <A class="font-semibold underline" href={`/mix-model/explore/${url.get('search')}`}>
            Back to the search
          </A>
        </Banner>
      </Show>
    </>
  );
}

/** Asks what to explain by what, shows what would be read, and starts the training. */
export function NewMixPage() {
  const navigate = useNavigate();
  const mix = createMixForm();
  const start = createAction(async () => {
    const { trainMixModel } = await mutate(TrainMixModelDocument, { input: mix.input() });
    navigate(`/mix-model/${trainMixModel.model.id}`);
  });
  return (
    <Page
      title="New mix model"
      status="What is explained, by which channels, and what is believed before the data"
      actions={
        <>
          <LinkButton href="/mix-model">All models</LinkButton>
          <LinkButton href="/mix-model/explore">Explore shapes</LinkButton>
        </>
      }
      above={<Above mock={mix.parts().form.mock} />}
    >
      <MixFormFrame
        label="Mix model"
        mix={mix}
        start={start}
        submit="Train"
        denied="Your role may read models but not train them."
      >
        <Cards {...mix.parts()} />
      </MixFormFrame>
    </Page>
  );
}
