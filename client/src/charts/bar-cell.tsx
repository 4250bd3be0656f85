/** A small bar for a cell of a table. The number stands beside it. */
export function BarCell(props: { share: number; colour: string }) {
  return (
    <span aria-hidden="true" class="block h-2 w-full min-w-16 overflow-hidden rounded-full bg-sunken">
      <span
        class="block h-full rounded-full"
        style={{ width: `${Math.max(0, Math.min(1, props.share)) * 100}%`, background: props.colour }}
      />
    </span>
  );
}
