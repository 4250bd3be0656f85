import Lock from 'lucide-solid/icons/lock';
import LockOpen from 'lucide-solid/icons/lock-open';
import { For, Show } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { percent } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Planner } from './budget-page.tsx';
import { moneyText } from './figures.ts';
import { type Bounds, type KnownChannel, boundsOf, usualBounds } from './plan-form.ts';
import { Slider } from './slider.tsx';

const step = 0.05;

function rounded(value: number): number {
  return Math.round(value / step) / Math.round(1 / step);
}

/** Where the plan lies between the bounds, and where no change lies. */
function Track(props: { most: number; lower: number; upper: number; plan: number | undefined }) {
  const at = (multiple: number): string => `${(100 * multiple) / props.most}%`;
  return (
    <div aria-hidden="true" class="relative h-3 rounded-full bg-sunken ring-1 ring-line-soft ring-inset">
      <div
        class="absolute inset-y-0 rounded-full bg-accent-soft ring-1 ring-accent/40 ring-inset"
        style={{ left: at(props.lower), width: at(props.upper - props.lower) }}
      />
      <div class="absolute inset-y-[-3px] w-px bg-ink-2" style={{ left: at(1) }} />
      <Show when={props.plan !== undefined}>
        <div
          class="absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full bg-accent ring-2 ring-panel"
          style={{ left: at(props.plan!) }}
        />
      </Show>
    </div>
  );
}

/** One end of a channel's bounds; the other end makes way. */
function Bound(props: {
  channel: KnownChannel;
  side: 'lower' | 'upper';
  bounds: Bounds;
  spendText: (multiple: number) => string;
  onChange: (bounds: Bounds) => void;
}) {
  const value = () => props.bounds[props.side];
  const move = (to: number): void => {
    const { lower, upper } = props.bounds;
    props.onChange(
      props.side === 'lower' ? { lower: to, upper: Math.max(to, upper) } : { lower: Math.min(to, lower), upper: to },
    );
  };
  return (
    <Slider
      label={`${props.channel.name}: ${props.side === 'lower' ? 'at least' : 'at most'}`}
      quiet
      value={value()}
      min={0}
      max={props.channel.mostMultiple}
      step={step}
      text={`${percent(value(), 0)} of now, ${props.spendText(value())}`}
      onInput={(to) => move(rounded(to))}
    >
      <span class="tabular w-24 shrink-0 text-xs">
        <span class="text-ink-2">{props.side === 'lower' ? '≥ ' : '≤ '}</span>
        {props.spendText(value())}
      </span>
    </Slider>
  );
}

function Hold(props: { name: string; held: boolean; onToggle: () => void }) {
  return (
    <IconButton
      label={props.held ? `Let ${props.name} move` : `Hold ${props.name} where it is`}
      size="icon-sm"
      aria-pressed={props.held}
      onClick={() => props.onToggle()}
    >
      {props.held ? <Lock size={14} class="text-accent" /> : <LockOpen size={14} />}
    </IconButton>
  );
}

function ChannelBounds(props: { planner: Planner; channel: KnownChannel }) {
  const name = () => props.channel.name;
  const bounds = () => boundsOf(props.planner.form(), props.channel);
  const planned = () => props.planner.shown()?.channels.find((channel) => channel.name === name())?.spend;
  const held = () => bounds().lower === bounds().upper;
  const currency = () => props.planner.curves.data()?.budgetCurves.currency;
  const spend = (multiple: number): string => moneyText(multiple * props.channel.current, currency());
  const set = (next: Bounds | null): void => {
    const { [name()]: _, ...others } = props.planner.form().bounds;
    props.planner.change({ bounds: next ? { ...others, [name()]: next } : others });
  };
  return (
    <li class="grid items-center gap-x-4 gap-y-1 border-t border-line-soft grid-cols-[minmax(0,1fr)_28px] px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_28px]">
      <div class="flex min-w-0 items-baseline justify-between gap-3">
        <p class="min-w-0 text-sm font-semibold break-words">{name()}</p>
        <p class="tabular shrink-0 text-xs text-ink-2">
          {spend(1)} → <span class="font-semibold text-ink">{moneyText(planned(), currency())}</span>
        </p>
      </div>
      <div class="max-sm:order-1 max-sm:col-span-2">
        <Track
          most={props.channel.mostMultiple}
          lower={bounds().lower}
          upper={bounds().upper}
          plan={planned() === undefined ? undefined : planned()! / props.channel.current}
        />
      </div>
      <Hold name={name()} held={held()} onToggle={() => set(held() ? null : { lower: 1, upper: 1 })} />
      <For each={['lower', 'upper'] as const}>
        {(side) => (
          <div class="min-w-0 max-sm:order-2 max-sm:col-span-2">
            <Bound channel={props.channel} side={side} bounds={bounds()} spendText={spend} onChange={set} />
          </div>
        )}
      </For>
    </li>
  );
}

/** How far each channel may move; the plan answers while it is changed. */
export function BoundsCard(props: { planner: Planner }) {
  const changed = () => Object.keys(props.planner.form().bounds).length > 0;
  return (
    <Card
      title="Bounds"
      hint={`From ${percent(usualBounds.lower, 0)} to ${percent(usualBounds.upper, 0)} of what is spent now unless moved. The line is now, the dot is the plan.`}
      aside={
        <Show when={changed()}>
          <Button size="sm" onClick={() => props.planner.change({ bounds: {} })}>
            Reset
          </Button>
        </Show>
      }
      flush
    >
      <ul>
        <For each={props.planner.channels()}>
          {(channel) => <ChannelBounds planner={props.planner} channel={channel} />}
        </For>
      </ul>
    </Card>
  );
}
