const application =
  'The platform does not accept the registered application. Check its id, its secret and its redirect address.';

const texts: Record<string, string> = {
  denied: 'Access was not granted at the platform. Nothing was changed; try again when you are ready.',
  unknown_state: 'This login is not known any more, perhaps because it took too long. Begin again.',
  expired: 'The login took too long. Begin again.',
  replayed: 'This login was finished before. Begin a new one if something is missing.',
  other_person:
    'This login was begun by somebody else, in another browser, or under another address of LiftOS. Begin your own.',
  foreign_answer: 'The answer did not come from the platform that was asked, so it was thrown away. Begin again.',
  oauth_app: application,
  platform_auth: 'The platform did not let us in. Check the application and the granted rights, then try again.',
  platform_unavailable: 'The platform did not answer. Try again in a moment.',
  bad_user_input: 'The platform sent back something that does not fit. Check what was entered and try again.',
  other_account:
    'This login sees none of the accounts that the connection had, so nothing was changed. Log in as somebody who sees them, or add it as a connection of its own.',
  invalid_client: application,
  invalid_grant: 'The platform does not accept its own answer any more, perhaps because it took too long. Begin again.',
  auth: 'The platform handed over access and refused it at once. Try again; if it happens once more, look at the rights there.',
  permission: 'The login did not grant what is needed. Begin again and leave everything ticked at the platform.',
  rate_limit: 'The platform asks for a pause. Wait a little, then begin again.',
  conflict: 'An application has to be registered with the platform first.',
  forbidden: 'You may not connect platforms any more. Ask an owner or an admin.',
};

/** What the code that a login came back with means, and what to do. */
export function loginError(code: string): string {
  return texts[code] ?? 'The login did not work. Try again; if it happens once more, look into the audit log.';
}
