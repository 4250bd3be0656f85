import { useNavigate, useSearchParams } from '@solidjs/router';
import { createAction } from '../../data/query.ts';
import { acceptInvitation } from '../../data/session.ts';
import { TextField } from '../../ui/field.tsx';
import { AccessForm } from './access-form.tsx';
import { SignInFrame } from './frame.tsx';

/** `/join?token=…`: accepting an invitation. */
export function JoinPage() {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const action = createAction(async (fields: FormData) => {
    await acceptInvitation({
      token: String(query['token'] ?? ''),
      name: String(fields.get('name')).trim(),
      password: String(fields.get('password')),
    });
    navigate('/hub', { replace: true });
  });
  return (
    <SignInFrame title="Join the team" lead="You were invited to an organisation on LiftOS.">
      <AccessForm action={action} submit="Join">
        <TextField label="Your name" name="name" autocomplete="name" required autofocus />
        <TextField
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={10}
          hint="At least ten characters. If you have an account already, its password."
          required
        />
      </AccessForm>
    </SignInFrame>
  );
}
