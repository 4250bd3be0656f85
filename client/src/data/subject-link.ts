const paths: Record<string, (id: string) => string> = {
  connection: (id) => `/connections/${id}`,
  attributionRun: (id) => `/attribution/${id}`,
  mixModel: (id) => `/mix-model/${id}`,
  mixExploration: (id) => `/mix-model/explore/${id}`,
  liftEvaluation: (id) => `/lift/${id}`,
  experiment: (id) => `/experiments/${id}`,
  model: (id) => `/models/${id}`,
  budgetPlan: () => '/budget',
  job: (id) => `/jobs/${id}`,
  integrationRun: () => '/connections/tests',
  webhookEndpoint: (id) => `/connections/webhooks/${id}`,
  marketSelection: () => '/experiments/new',
  export: () => '/settings/organization',
};

/** Where the thing that an activity or a job is about can be seen; null when it has no screen. */
export function subjectLink(kind: string | null, id: string | null): string | null {
  return kind && id ? (paths[kind]?.(id) ?? null) : null;
}
