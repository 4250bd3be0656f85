import { DataHash } from '../../ui/data-hash.tsx';
import { Facts } from '../../ui/facts.tsx';
import { integer, plural, words } from '../../ui/format.ts';
import { days } from '../../ui/time.tsx';
import type { MixInputsFieldsFragment } from './mix-model.generated.ts';

/** What was read for a model or a search. */
export function InputsFacts(props: { inputs: MixInputsFieldsFragment }) {
  const sources = () =>
    props.inputs.sources.map(({ sourceKind, records }) => `${words(sourceKind)}, ${plural(records, 'record')}`);
  return (
    <Facts
      items={[
        ['Outcome', `${words(props.inputs.kpi)}, ${props.inputs.basis.toLowerCase()}`],
        ['Periods', `${integer(props.inputs.periods)} ${props.inputs.period === 'WEEK' ? 'weeks' : 'days'}`],
        ['Days', days(props.inputs.firstDate, props.inputs.lastDate)],
        ['Currency', props.inputs.currency],
        ['Regions', props.inputs.regions.length === 0 ? 'All together' : props.inputs.regions.join(', ')],
        ['Events', props.inputs.events.join(', ') || 'None'],
        ['Controls', props.inputs.controls.join(', ') || 'None'],
        ['Sources', sources().join('; ')],
        ['Data hash', <DataHash hash={props.inputs.dataHash} />],
      ]}
    />
  );
}
