interface Explanation {
  label: string;
  /** What happens by itself or has to be done by a person. */
  todo: string;
  /** What can be done about it from here. */
  action?: 'repair' | 'retry';
}

const explanations: Record<string, Explanation> = {
  auth: {
    label: 'Access refused',
    todo: 'The platform no longer accepts the credentials. Connect again or replace them, then sync.',
    action: 'repair',
  },
  permission: {
    label: 'Not permitted',
    todo: 'Somebody at the platform has to give this user access to the account; the other accounts go on.',
    action: 'repair',
  },
  rate_limit: {
    label: 'Rate limit',
    todo: 'The platform asked for a pause. It goes on by itself, nothing is lost.',
  },
  too_much_data: {
    label: 'Too much at once',
    todo: 'It is cut into smaller parts by itself until the platform can answer.',
  },
  transient: {
    label: 'Platform trouble',
    todo: 'The platform did not answer properly, several times. Sync again later; finished parts are kept.',
    action: 'retry',
  },
  version_sunset: {
    label: 'Version switched off',
    todo: 'The platform switched this version of its API off. Update LiftOS; in a connector of your own, name a newer version.',
  },
  bad_request: {
    label: 'Refused request',
    todo: 'The platform did not understand what was asked. Look at the raw answers, or tell us.',
    action: 'retry',
  },
};

/** What a class of failure means and what to do about it; unknown classes are named as they are. */
export function explainFailure(name: string): Explanation {
  return explanations[name] ?? { label: name, todo: 'Sync again; finished parts are kept.', action: 'retry' };
}
