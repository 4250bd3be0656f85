/** The sign of the product: a curve above its base line. */
export function Logo(props: { size?: number }) {
  return (
    <svg width={props.size ?? 24} height={props.size ?? 24} viewBox="0 0 32 32" aria-hidden="true" class="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" stroke-linecap="round" stroke-linejoin="round">
        <path d="M8 21.5 13.5 16l4 4L24 11" stroke-width="3" />
        <path d="M8 25.5h16" stroke-width="2" stroke-opacity=".55" />
      </g>
    </svg>
  );
}
