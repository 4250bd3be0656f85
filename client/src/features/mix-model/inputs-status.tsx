import { Show } from 'solid-js';
import { plural } from '../../ui/format.ts';
import { days } from '../../ui/time.tsx';
import type { MixInputsFieldsFragment } from './mix-model.generated.ts';

/** What a model or a search is about, in one line below its title. */
export function InputsStatus(props: {
  of: Pick<MixInputsFieldsFragment, 'kpi' | 'channels' | 'firstDate' | 'lastDate'> | null | undefined;
}) {
  return (
    <Show when={props.of}>
      {(inputs) => (
        <>
          {inputs().kpi === 'REVENUE' ? 'Revenue' : 'Conversions'} by {plural(inputs().channels.length, 'channel')}
          {' · '}
          {days(inputs().firstDate, inputs().lastDate)}
        </>
      )}
    </Show>
  );
}
