import { For } from 'solid-js';
import { SelectField } from '../../ui/field.tsx';
import type { Options } from './form-parts.ts';

/** A labelled choice between a few values. */
export function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  options: Options<Value>;
  hint?: string;
  onChange: (value: Value) => void;
}) {
  const choose = (text: string): void => {
    const found = props.options.find(([value]) => value === text);
    if (found) props.onChange(found[0]);
  };
  return (
    <SelectField
      label={props.label}
      value={props.value}
      hint={props.hint}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <For each={props.options}>{([value, label]) => <option value={value}>{label}</option>}</For>
    </SelectField>
  );
}
