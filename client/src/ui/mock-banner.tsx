import { type JSX, Show } from 'solid-js';
import { Banner } from './banner.tsx';

/** Says above a screen that what it shows is generated. */
export function MockBanner(props: { when: boolean | undefined; children?: JSX.Element }) {
  return (
    <Show when={props.when}>
      <Banner tone="warn">
        <strong>Mock data.</strong>{' '}
        {props.children ?? 'Generated records with known effects; never mixed with live or uploaded ones.'}
      </Banner>
    </Show>
  );
}
