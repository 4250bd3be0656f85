import type { JSX } from 'solid-js';
import { Title } from '../../ui/title.tsx';
import { Logo } from '../../ui/logo.tsx';

/** The calm page around everything that comes before being signed in. */
export function SignInFrame(props: { title: string; lead: string; children: JSX.Element }) {
  return (
    <main class="grid min-h-dvh place-items-center bg-bg p-4">
      <Title text={props.title} />
      <div class="w-full max-w-[380px]">
        <div class="mb-6 flex items-center gap-2.5">
          <Logo size={30} />
          <span class="text-lg font-semibold tracking-[-0.01em]">LiftOS</span>
        </div>
        <div class="card p-6">
          <h1 class="text-xl font-semibold tracking-[-0.01em]">{props.title}</h1>
          <p class="mt-1 mb-5 text-sm text-ink-2">{props.lead}</p>
          {props.children}
        </div>
      </div>
    </main>
  );
}
