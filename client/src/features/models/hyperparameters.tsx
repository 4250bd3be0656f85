import { For } from 'solid-js';
import { SelectField, TextField } from '../../ui/field.tsx';
import { type ShapeKey, type Training, withShape } from './training-state.ts';

interface Parts {
  training: Training;
  onChange: (training: Training) => void;
}

const shapes: { key: ShapeKey; label: string; options: [value: string, label: string][] }[] = [
  {
    key: 'carryOver',
    label: 'Carry-over',
    options: [
      ['GEOMETRIC', 'Geometric'],
      ['WEIBULL_PDF', 'Weibull, may rise first'],
      ['WEIBULL_CDF', 'Weibull, fades'],
      ['NONE', 'None'],
    ],
  },
  {
    key: 'saturation',
    label: 'Saturation',
    options: [
      ['LOGISTIC', 'Logistic'],
      ['HILL', 'Hill, may be S-shaped'],
      ['MICHAELIS_MENTEN', 'Michaelis-Menten'],
      ['NONE', 'None'],
    ],
  },
  {
    key: 'trend',
    label: 'Trend',
    options: [
      ['BENDING', 'A line that may bend'],
      ['LINEAR', 'A line'],
      ['NONE', 'None'],
    ],
  },
];

const wholes = [
  { key: 'yearlyWaves', label: 'Waves of the year', initial: 2, least: 0, most: 12 },
  { key: 'chains', label: 'Chains', initial: 4, least: 2, most: 8 },
  { key: 'draws', label: 'Draws per chain', initial: 1000, least: 100, most: 5000 },
  { key: 'seed', label: 'Seed', initial: 1, least: 0, most: 2_147_483_647 },
] as const;

function Shape(props: Parts & { shape: (typeof shapes)[number] }) {
  const { key, label, options } = props.shape;
  return (
    <SelectField
      label={label}
      value={props.training[key] ?? options[0]![0]}
      onChange={(event) => props.onChange(withShape(props.training, key, event.currentTarget.value))}
    >
      <For each={options}>{([value, text]) => <option value={value}>{text}</option>}</For>
    </SelectField>
  );
}

function Whole(props: Parts & { field: (typeof wholes)[number] }) {
  const { key, label, initial, least, most } = props.field;
  return (
    <TextField
      label={label}
      type="number"
      min={least}
      max={most}
      step={1}
      value={props.training[key] ?? initial}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value === '' || !event.currentTarget.checkValidity()) return;
        props.onChange({ ...props.training, [key]: Number(value) });
      }}
    />
  );
}

/** How the model is shaped and drawn. */
export function Hyperparameters(props: Parts) {
  return (
    <details>
      <summary class="w-fit text-xs font-semibold text-ink-2 hover:text-ink">Features and hyper-parameters</summary>
      <div class="mt-3 grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <For each={shapes}>
          {(shape) => <Shape shape={shape} training={props.training} onChange={props.onChange} />}
        </For>
        <TextField
          label="Holidays of"
          placeholder="e.g. US or DE-BY"
          value={props.training.holidays?.region ?? ''}
          onChange={(event) => {
            const region = event.currentTarget.value.trim();
            props.onChange({ ...props.training, holidays: region ? { region } : null });
          }}
        />
        <For each={wholes}>
          {(field) => <Whole field={field} training={props.training} onChange={props.onChange} />}
        </For>
      </div>
    </details>
  );
}
