import type { Context } from '@liftos/core/context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { checkFields } from '../connection/check-fields.pure.ts';
import { tokenPoster } from '../oauth/post-form.ts';
import type { AuthMethod, Credential, Values } from '../platforms/auth-method.ts';
import type { Connector } from '../platforms/connector.ts';

/** Fields of a login: a person pastes a token for a try, as there is no connection yet that could be signed in. */
const pasted = [{ name: 'access_token', label: 'Access token', secret: true }];

/**
 * What was typed in as a credential: keys as they are, a token that is asked for once, or for OAuth one that was pasted.
 * Throws BAD_USER_INPUT, PLATFORM_AUTH or PLATFORM_UNAVAILABLE.
 */
export async function triedCredential(
  context: Context,
  connector: Connector,
  method: AuthMethod,
  secrets: readonly { name: string; value: string }[],
  settings: Values,
): Promise<Credential> {
  if (method.kind === 'key') return { values: checkFields(method.fields, secrets, 'input.secrets'), extra: {} };
  if (method.kind === 'oauth2') {
    const { access_token: accessToken = '' } = checkFields(pasted, secrets, 'input.secrets');
    return { values: {}, accessToken, extra: {} };
  }
  if (method.kind !== 'mint') throw badInput('input.method', 'This way in cannot be tried.');
  const credential: Credential = { values: checkFields(method.fields, secrets, 'input.secrets'), extra: {} };
  const { accessToken } = await method.mint(credential, tokenPoster(context, connector), context.now(), settings);
  if (accessToken === '') throw new AppError('PLATFORM_AUTH', 'The answer to the request for a token has none.');
  return { ...credential, accessToken };
}
