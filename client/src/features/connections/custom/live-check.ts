import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type Failure, readFailure } from '../../../data/failure.ts';
import { fetchOnce } from '../../../data/query.ts';
import { ValidateConnectorDocument, type ValidateConnectorQuery } from './custom.generated.ts';

export type ManifestCheck = ValidateConnectorQuery['validateConnector'];

const pauseMillis = 350;

/** Has a text checked whenever typing pauses. The last text wins; while one waits, the old answer stays. */
export function createLiveCheck(text: () => string) {
  const [check, setCheck] = createSignal<ManifestCheck>();
  const [failure, setFailure] = createSignal<Failure>();
  const [waiting, setWaiting] = createSignal(true);
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (wanted: string): Promise<void> => {
    const mine = ++round;
    try {
      const { validateConnector } = await fetchOnce(ValidateConnectorDocument, { text: wanted });
      if (mine !== round) return;
      setCheck(validateConnector);
      setFailure(undefined);
    } catch (error) {
      if (mine === round) setFailure(readFailure(error));
    }
    if (mine === round) setWaiting(false);
  };
  createEffect(
    on(text, (wanted) => {
      clearTimeout(timer);
      setWaiting(true);
      timer = setTimeout(() => void ask(wanted), check() ? pauseMillis : 0);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return { check, failure, waiting };
}
