import { CopyButton } from './copy-button.tsx';

/** The beginning of the hash of the data that was read; all of it to copy. */
export function DataHash(props: { hash: string }) {
  return (
    <span class="flex items-center gap-1">
      <code class="truncate font-mono text-xs" title={props.hash}>
        {props.hash.slice(0, 16)}…
      </code>
      <CopyButton text={props.hash} label="Copy data hash" />
    </span>
  );
}
