/** Names of bus channels; each begins with the organisation it belongs to. */
export const channel = {
  events: (organizationId: string) => `${organizationId}:events`,
  jobLog: (organizationId: string, jobId: string) => `${organizationId}:job-log:${jobId}`,
  cancelJob: () => 'runtime:cancel-job',
  anyEvent: () => 'runtime:any-event',
};
