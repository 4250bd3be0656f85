import { Show, createSignal } from 'solid-js';
import { type Query, createAction, createQuery, mutate } from '../../../data/query.ts';
import { may, viewer } from '../../../data/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { words } from '../../../ui/format.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import {
  ChangeMemberRoleDocument,
  MembersDocument,
  type MembersQuery,
  RemoveMemberDocument,
  type Role,
} from '../settings.generated.ts';
import { InvitationsCard } from './invitations-card.tsx';
import { RoleSelect } from './role-select.tsx';

type Member = MembersQuery['members'][number];

function RoleCell(props: { member: Member; editable: boolean }) {
  const action = createAction((role: Role) =>
    mutate(ChangeMemberRoleDocument, { input: { memberId: props.member.id, role } }),
  );
  const change = async (role: Role): Promise<void> => {
    if (await action.run(role)) toast(`${props.member.user.name} is now ${words(role).toLowerCase()}`);
    else toast(action.failure()?.message ?? 'The role was not changed.', 'error');
  };
  return (
    <Show when={props.editable} fallback={words(props.member.role)}>
      <RoleSelect
        label={`Role of ${props.member.user.name}`}
        quiet
        value={props.member.role}
        disabled={action.pending()}
        onChange={(role) => void change(role)}
      />
    </Show>
  );
}

function Remove(props: { member: Member | undefined; onClose: () => void; query: Query<MembersQuery> }) {
  const action = createAction(async () => {
    await mutate(RemoveMemberDocument, { id: props.member!.id });
    props.query.refetch();
    props.onClose();
  });
  return (
    <ConfirmDialog
      open={props.member !== undefined}
      title={`Remove ${props.member?.user.name ?? ''}`}
      confirm="Remove member"
      pending={action.pending()}
      error={action.failure()?.message}
      onConfirm={() => void action.run()}
      onClose={() => props.onClose()}
    >
      <p>
        {props.member?.user.email} loses access to {viewer()?.organization.name} at once. What they created stays.
      </p>
    </ConfirmDialog>
  );
}

/** Who belongs to the organisation, and who was asked to. */
export function MembersSection() {
  const query = createQuery(MembersDocument, () => ({}));
  const [leaving, setLeaving] = createSignal<Member>();
  const mayManage = may('members:manage');
  const isSelf = (row: Member): boolean => row.user.id === viewer()?.user?.id;
  const columns: Column<Member>[] = [
    {
      key: 'name',
      label: 'Member',
      value: (row) => row.user.name,
      cell: (row) => (
        <span class="block py-1.5">
          <span class="block font-semibold">
            {row.user.name}
            {isSelf(row) ? ' (you)' : ''}
          </span>
          <span class="block text-xs text-ink-2">{row.user.email}</span>
        </span>
      ),
    },
    {
      key: 'role',
      label: 'Role',
      value: (row) => row.role,
      cell: (row) => <RoleCell member={row} editable={mayManage && !isSelf(row)} />,
    },
    { key: 'joined', label: 'Joined', value: (row) => row.joinedAt, cell: (row) => <Time at={row.joinedAt} /> },
    {
      key: 'actions',
      label: 'Actions',
      quiet: true,
      class: 'text-right',
      cell: (row) => (
        <Show when={mayManage && !isSelf(row)}>
          <Button size="sm" look="ghost" aria-label={`Remove ${row.user.name}`} onClick={() => setLeaving(row)}>
            Remove
          </Button>
        </Show>
      ),
    },
  ];
  return (
    <>
      <Card title="Members" flush>
        <DataState of={query}>{(data) => <Table label="Members" columns={columns} rows={data().members} />}</DataState>
      </Card>
      <Show when={mayManage}>
        <InvitationsCard />
      </Show>
      <Remove member={leaving()} query={query} onClose={() => setLeaving(undefined)} />
    </>
  );
}
