import type { Journey, Touch } from '../../csv/journey-columns.pure.ts';
import { RowRefusal } from '../../platforms/row-refusal.ts';
import type { Scope } from '../language/evaluate.pure.ts';
import type { ManifestStream } from '../manifest/schema.pure.ts';
import { columns } from './columns.pure.ts';
import { compileExpression, listFrom, type Compiled } from './values.pure.ts';

type Declared = NonNullable<ManifestStream['journeys']>[number];

const mostTouches = 1000;
const dayMs = 86_400_000;

/** Compiles the mapping of a row, or of a member of a list in it, to a journey. */
export function compileJourney(journey: Declared): Compiled<Journey> {
  const key = columns.requiredText('key', journey.key);
  const date = columns.day('date', journey.date);
  const currency = columns.text('currency', journey.currency);
  const conversions = columns.number('conversions', journey.conversions);
  const nulls = columns.number('nulls', journey.nulls);
  const value = columns.money('value', journey.value);
  const touches = compileTouches(journey.touches);
  return (scope) => {
    const missed = nulls(scope) ?? 0;
    return {
      key: `${(scope.names['account'] as { id: string }).id}/${key(scope)}`,
      date: date(scope),
      currency: (currency(scope) ?? scope.currency).toUpperCase(),
      conversions: conversions(scope) ?? (missed > 0 ? 0 : 1),
      nulls: missed,
      value: value(scope) ?? 0n,
      touches: touches(scope),
    };
  };
}

/** Touches in the order of their times, as far as the platform tells them. */
function compileTouches(touches: Declared['touches']): Compiled<Touch[]> {
  const each = compileExpression(touches.each);
  const channel = columns.requiredText('touches.channel', touches.channel);
  const campaign = columns.text('touches.campaign', touches.campaign);
  const at = columns.instant('touches.at', touches.at);
  const convertedAt = columns.instant('touches.converted_at', touches.converted_at);
  return (scope: Scope) => {
    const members = listFrom(each(scope));
    if (members.length === 0 || members.length > mostTouches) {
      throw new RowRefusal('touches', 'BAD_SHAPE', `touches: A journey has 1 to ${mostTouches} touches.`, null);
    }
    const end = convertedAt(scope)?.getTime() ?? Number.NaN;
    const found = members.map((item) => {
      const inner = { ...scope, names: { ...scope.names, item } };
      const age = (end - (at(inner)?.getTime() ?? Number.NaN)) / dayMs;
      if (age < 0)
        throw new RowRefusal('touches', 'TOUCH_AFTER_CONVERSION', 'A touch comes after its conversion.', null);
      return { channel: channel(inner), campaign: campaign(inner), age };
    });
    return found.some(({ age }) => Number.isNaN(age)) ? found : found.toSorted((one, other) => other.age - one.age);
  };
}
