import { Show } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { TextField } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ChangePasswordDocument } from '../settings.generated.ts';

/** Changes the password; other sessions end. */
export function PasswordCard() {
  const action = createAction(async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const input = { current: String(fields.get('current')), next: String(fields.get('next')) };
    await mutate(ChangePasswordDocument, { input });
    form.reset();
    toast('Password changed; other sessions have ended');
  });
  return (
    <Card title="Change password" hint="Every other session ends">
      <form
        class="flex max-w-sm flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(event.currentTarget);
        }}
      >
        <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
        <TextField label="Current password" name="current" type="password" autocomplete="current-password" required />
        <TextField
          label="New password"
          name="next"
          type="password"
          autocomplete="new-password"
          minlength={10}
          required
          hint="At least ten characters"
        />
        <div>
          <Button type="submit" pending={action.pending()}>
            Change password
          </Button>
        </div>
      </form>
    </Card>
  );
}
