import { Badge, type Tone } from '../../ui/badge.tsx';

/** A state of this feature as a badge. */
export function StateBadge(props: { of: { tone: Tone; label: string; busy?: boolean }; shape?: boolean }) {
  return (
    <Badge tone={props.of.tone} busy={props.of.busy ?? false} shape={props.shape ?? true}>
      {props.of.label}
    </Badge>
  );
}
