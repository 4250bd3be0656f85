import { useNavigate, useSearchParams } from '@solidjs/router';
import { Show, createEffect } from 'solid-js';
import { createAction } from '../../data/query.ts';
import { redeemSignInLink, sessionStatus, signIn } from '../../data/session.ts';
import { TextField } from '../../ui/field.tsx';
import { AccessForm } from './access-form.tsx';
import { SignInFrame } from './frame.tsx';
import { safeTarget } from './safe-target.ts';

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function PasswordForm() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const action = createAction(async (fields: FormData) => {
    await signIn({ email: String(fields.get('email')), password: String(fields.get('password')) });
  });
  // Also for those who come here while they are signed in already.
  createEffect(() => {
    if (sessionStatus() === 'signed-in') navigate(safeTarget(one(query['next'])), { replace: true });
  });
  return (
    <SignInFrame title="Sign in" lead="Your marketing data and what it caused.">
      <AccessForm
        action={action}
        submit="Sign in"
        hint={
          <p class="text-xs text-ink-2">
            First time here? Open the one-time address that LiftOS printed when it started.
          </p>
        }
      >
        <TextField label="E-mail" name="email" type="email" autocomplete="username" required autofocus />
        <TextField label="Password" name="password" type="password" autocomplete="current-password" required />
      </AccessForm>
    </SignInFrame>
  );
}

function LinkForm(props: { token: string }) {
  const navigate = useNavigate();
  const action = createAction(async (fields: FormData) => {
    await redeemSignInLink({ token: props.token, password: String(fields.get('password')) });
    navigate('/hub', { replace: true });
  });
  return (
    <SignInFrame title="Welcome to LiftOS" lead="This address works once. Choose a password for the next time.">
      <AccessForm
        action={action}
        submit="Set password and sign in"
        hint={
          <a href="/sign-in" class="text-xs text-accent hover:underline">
            Sign in with e-mail and password instead
          </a>
        }
      >
        <TextField
          label="New password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={10}
          hint="At least ten characters; a few words are easier to remember."
          required
          autofocus
        />
      </AccessForm>
    </SignInFrame>
  );
}

/** `/sign-in`, and `/sign-in?token=…` for a one-time address. */
export function SignInPage() {
  const [query] = useSearchParams();
  const token = () => one(query['token']);
  return (
    <Show when={token()} fallback={<PasswordForm />}>
      {(token) => <LinkForm token={token()} />}
    </Show>
  );
}
