import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { UpdateOrganizationInput } from '../schema.generated.ts';
import type { IdentityTables, OrganizationRow } from '../tables.ts';

/** The caller's organisation. */
export function currentOrganization(context: Context): Promise<OrganizationRow> {
  const query = tables<IdentityTables>(context).selectFrom('identity.organization').selectAll();
  return query.executeTakeFirstOrThrow();
}

/** Organisations among the ids that the caller may see: at most its own. */
export function organizationsById(context: Context, ids: readonly string[]): Promise<OrganizationRow[]> {
  const query = tables<IdentityTables>(context).selectFrom('identity.organization').selectAll();
  return query.where('organization_id', 'in', ids).execute();
}

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Changes the organisation. Throws BAD_USER_INPUT naming the field. */
export async function updateOrganization(context: Context, input: UpdateOrganizationInput): Promise<OrganizationRow> {
  const change = changeFrom(input);
  if (Object.keys(change).length === 0) throw badInput('input', 'Nothing to change was given.');
  return transaction(context, async (tx) => {
    const update = tables<IdentityTables>(tx).updateTable('identity.organization').set(change);
    const row = await update.returningAll().executeTakeFirstOrThrow();
    await emit(tx, {
      topic: 'organization.updated',
      subjectKind: 'organization',
      subjectId: row.organization_id,
      payload: { ...input },
      audit: true,
    });
    return row;
  });
}

function changeFrom({ name, currency, timeZone }: UpdateOrganizationInput): Partial<OrganizationRow> {
  const change: Partial<OrganizationRow> = {};
  if (typeof name === 'string') {
    if (name.trim() === '' || name.length > 200) throw badInput('input.name', 'A name has 1 to 200 characters.');
    change.name = name.trim();
  }
  if (typeof currency === 'string') {
    if (!currencies.has(currency)) throw badInput('input.currency', 'This is no currency code of ISO 4217.');
    change.currency = currency;
  }
  if (typeof timeZone === 'string') {
    if (!zones.has(timeZone)) throw badInput('input.timeZone', 'This is no time zone of the IANA list.');
    change.time_zone = timeZone;
  }
  return change;
}
