/** Decoration only; the words beside it say what is awaited. */
export function Spinner() {
  return (
    <span
      aria-hidden="true"
      class="inline-block size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}
