/** How far something is, 0 to 1; without a value it is under way, nobody knows how far. */
export function Progress(props: {
  label: string;
  value: number | null | undefined;
  tone?: 'accent' | 'ok' | 'warn' | 'error';
}) {
  const percent = () => Math.round(Math.max(0, Math.min(1, props.value ?? 0)) * 100);
  const colour = () =>
    ({ accent: 'bg-accent', ok: 'bg-ok', warn: 'bg-warn', error: 'bg-error' })[props.tone ?? 'accent'];
  const known = () => props.value !== null && props.value !== undefined;
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known() ? percent() : undefined}
      class="h-1.5 w-full overflow-hidden rounded-full bg-sunken ring-1 ring-line-soft ring-inset"
    >
      <div
        class={`h-full rounded-full transition-[width] duration-150 ${colour()} ${known() ? '' : 'w-1/3 animate-[sweep_1.4s_linear_infinite]'}`}
        style={known() ? { width: `${percent()}%` } : {}}
      />
    </div>
  );
}
