import { For, Show, createSignal } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../data/query.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { words } from '../../../ui/format.ts';
import { Time } from '../../../ui/time.tsx';
import {
  InvitationsDocument,
  InviteMemberDocument,
  RevokeInvitationDocument,
  type Role,
} from '../settings.generated.ts';
import { reachableLink } from './reachable-link.ts';
import { RoleSelect } from './role-select.tsx';

function Invite(props: { onInvited: (link: string, email: string) => void }) {
  const [role, setRole] = createSignal<Role>('ANALYST');
  const action = createAction(async (form: HTMLFormElement) => {
    const email = String(new FormData(form).get('email')).trim();
    const { link } = (await mutate(InviteMemberDocument, { input: { email, role: role() } })).inviteMember;
    form.reset();
    props.onInvited(reachableLink(link, location.origin), email);
  });
  return (
    <form
      class="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(event.currentTarget);
      }}
    >
      <TextField
        class="min-w-48 flex-1"
        label="E-mail"
        name="email"
        type="email"
        required
        error={action.failure()?.message}
      />
      <RoleSelect label="Role" value={role()} onChange={setRole} />
      <Button type="submit" look="primary" pending={action.pending()}>
        Invite
      </Button>
    </form>
  );
}

function Revoke(props: { id: string; email: string; onDone: () => void }) {
  const action = createAction(async () => {
    await mutate(RevokeInvitationDocument, { id: props.id });
    props.onDone();
  });
  return (
    <Button
      size="sm"
      look="ghost"
      pending={action.pending()}
      aria-label={`Revoke the invitation of ${props.email}`}
      onClick={() => void action.run()}
    >
      Revoke
    </Button>
  );
}

/** Asks people in. The address is shown once, to be handed over. */
export function InvitationsCard() {
  const query = createQuery(InvitationsDocument, () => ({}));
  const [fresh, setFresh] = createSignal<{ link: string; email: string }>();
  return (
    <Card title="Invitations">
      <div class="flex flex-col gap-4">
        <Invite
          onInvited={(link, email) => {
            setFresh({ link, email });
            query.refetch();
          }}
        />
        <Show when={fresh()}>
          {(fresh) => (
            <Banner tone="info" actions={<CopyButton text={fresh().link} label="Copy invitation address" />}>
              <p>Hand this address to {fresh().email}. It is shown only now.</p>
              <code class="font-mono text-xs break-all">{fresh().link}</code>
            </Banner>
          )}
        </Show>
        <DataState
          of={query}
          isEmpty={(data) => data.invitations.length === 0}
          empty={<p class="text-sm text-ink-2">No open invitations.</p>}
        >
          {(data) => (
            <ul>
              <For each={data().invitations}>
                {(invitation) => (
                  <li class="flex flex-wrap items-center gap-3 border-t border-line-soft py-2 text-sm">
                    <span class="min-w-0 flex-1">
                      <span class="block truncate font-semibold">{invitation.email}</span>
                      <span class="block text-xs text-ink-2">
                        {words(invitation.role)} · ends <Time at={invitation.expiresAt} style="short" />
                      </span>
                    </span>
                    <Revoke id={invitation.id} email={invitation.email} onDone={query.refetch} />
                  </li>
                )}
              </For>
            </ul>
          )}
        </DataState>
      </div>
    </Card>
  );
}
