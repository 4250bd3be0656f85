import { For } from 'solid-js';
import { may, viewer } from '../../../data/session.ts';
import { SelectField } from '../../../ui/field.tsx';
import type { Role } from '../settings.generated.ts';

const roles: { value: Role; label: string }[] = [
  { value: 'OWNER', label: 'Owner' },
  { value: 'ADMIN', label: 'Admin' },
  { value: 'ANALYST', label: 'Analyst' },
  { value: 'VIEWER', label: 'Viewer' },
];

/** Chooses a role. Only an owner can make owners. */
export function RoleSelect(props: {
  label: string;
  quiet?: boolean;
  value: Role;
  disabled?: boolean;
  onChange: (role: Role) => void;
}) {
  const offered = () =>
    roles
      .filter(({ value }) => value !== 'OWNER' || viewer()?.role === 'OWNER' || value === props.value)
      .filter(() => may('members:manage'));
  return (
    <SelectField
      label={props.label}
      quiet={props.quiet ?? false}
      disabled={props.disabled}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value as Role)}
    >
      <For each={offered()}>
        {(role) => (
          <option value={role.value} selected={role.value === props.value}>
            {role.label}
          </option>
        )}
      </For>
    </SelectField>
  );
}
