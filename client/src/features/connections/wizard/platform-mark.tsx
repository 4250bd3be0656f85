/** The letters a platform is known by here, in place of a logo that belongs to somebody else. */
export function PlatformMark(props: { name: string }) {
  const letters = () => {
    const words = props.name.split(/[\s-]+/).filter(Boolean);
    return (words.length > 1 ? `${words[0]![0]}${words[1]![0]}` : props.name.slice(0, 2)).toUpperCase();
  };
  return (
    <span
      aria-hidden="true"
      class="grid size-10 shrink-0 place-items-center rounded-card bg-accent-soft text-sm font-bold tracking-tight text-accent"
    >
      {letters()}
    </span>
  );
}
