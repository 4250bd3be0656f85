import { For, Show, createSignal } from 'solid-js';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { type Prior, type PriorChange, type PriorKind, priorKindNames, withPrior } from './priors.ts';

interface Parts {
  priors: readonly Prior[];
  changed: readonly PriorChange[];
  onChange: (changed: PriorChange[]) => void;
}

/** Parameters that a prior begins with when its kind is changed. */
const firstParameters: Record<PriorKind, number[]> = {
  NORMAL: [0, 1],
  HALF_NORMAL: [1],
  LOG_NORMAL: [1, 0.5],
  GAMMA: [3, 1],
  BETA: [2, 2],
};

function PriorNumbers(props: { prior: Prior; onChange: (kind: PriorKind, parameters: number[]) => void }) {
  return (
    <div class="mt-2 grid max-w-2xl grid-cols-1 items-end gap-3 sm:grid-cols-3">
      <SelectField
        label="Kind"
        value={props.prior.kind}
        onChange={(event) => {
          const kind = event.currentTarget.value as PriorKind;
          props.onChange(kind, firstParameters[kind]);
        }}
      >
        <For each={props.prior.kinds}>{(kind) => <option value={kind}>{priorKindNames[kind]}</option>}</For>
      </SelectField>
      <For each={props.prior.parameterNames}>
        {(name, place) => (
          <TextField
            label={name.charAt(0).toUpperCase() + name.slice(1)}
            type="number"
            step="any"
            disabled={name === 'mean'}
            value={Number(props.prior.parameters[place()]!.toPrecision(4))}
            onChange={(event) =>
              props.onChange(
                props.prior.kind,
                props.prior.parameters.map((value, index) =>
                  index === place() ? Number(event.currentTarget.value) : value,
                ),
              )
            }
          />
        )}
      </For>
    </div>
  );
}

function PriorRow(props: Parts & { prior: Prior }) {
  const [open, setOpen] = createSignal(false);
  const where = () => ({ key: props.prior.key, channel: props.prior.channel });
  const change = (kind: PriorKind, parameters: number[], key = props.prior.key): void =>
    props.onChange(withPrior(props.changed, { ...where(), key, kind, parameters }));
  const changed = () =>
    props.changed.some(({ key, channel }) => key === props.prior.key && (channel ?? null) === props.prior.channel);
  return (
    <li class="border-t border-line-soft py-2">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span class="min-w-0 flex-1 basis-60 text-sm">
          <span class="font-semibold">
            {props.prior.channel ? `${props.prior.channel}: ` : ''}
            {props.prior.label}
            {changed() ? ' (changed)' : ''}
          </span>{' '}
          <span class="text-ink-2">{props.prior.sentence}</span>
        </span>
        <Button
          size="sm"
          aria-expanded={open()}
          aria-label={`Change ${props.prior.label}${props.prior.channel ? ` of ${props.prior.channel}` : ''}`}
          onClick={() => setOpen(!open())}
        >
          Change
        </Button>
      </div>
      <Show when={open()}>
        <PriorNumbers prior={props.prior} onChange={change} />
        <Show when={props.prior.key === 'effect' && props.prior.channel}>
          <div class="mt-2">
            <Button size="sm" onClick={() => change('LOG_NORMAL', [1, 0.9], 'roi')}>
              Believe in its ROI instead
            </Button>
          </div>
        </Show>
      </Show>
    </li>
  );
}

/** Every prior in a sentence, to be read and changed. */
export function PriorFields(props: Parts) {
  return (
    <Show
      when={props.priors.length > 0}
      fallback={<p class="text-sm text-ink-2">Priors are shown once there are records to train on.</p>}
    >
      <div class="flex flex-col gap-2">
        <ul class="max-h-[420px] overflow-y-auto pr-2" tabindex={0} aria-label="Priors">
          <For each={props.priors}>{(prior) => <PriorRow {...props} prior={prior} />}</For>
        </ul>
        <Show when={props.changed.length > 0}>
          <div>
            <Button size="sm" onClick={() => props.onChange([])}>
              Back to the defaults
            </Button>
          </div>
        </Show>
      </div>
    </Show>
  );
}
