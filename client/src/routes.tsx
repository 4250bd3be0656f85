import { Navigate, type RouteDefinition } from '@solidjs/router';
import { type Component, lazy } from 'solid-js';

function page<Name extends string>(load: () => Promise<Record<Name, Component>>, name: Name): Component {
  return lazy(async () => ({ default: (await load())[name] }));
}

const connections = '/connections';

/** Every address of the client. Each screen is a chunk of its own. */
export const routes: RouteDefinition[] = [
  { path: '/sign-in', component: page(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage') },
  { path: '/join', component: page(() => import('./features/sign-in/join-page.tsx'), 'JoinPage') },
  {
    path: '/',
    component: lazy(async () => ({ default: (await import('./features/shell/shell.tsx')).Shell })),
    children: [
      { path: '/', component: () => <Navigate href="/hub" /> },
      { path: '/hub', component: page(() => import('./features/hub/hub-page.tsx'), 'HubPage') },
      {
        path: connections,
        component: page(() => import('./features/connections/overview/connections-page.tsx'), 'ConnectionsPage'),
      },
      {
        path: `${connections}/syncs`,
        component: page(() => import('./features/connections/history/sync-history-page.tsx'), 'SyncHistoryPage'),
      },
      {
        path: `${connections}/webhooks`,
        component: page(() => import('./features/connections/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
      },
      {
        path: `${connections}/webhooks/:id`,
        component: page(() => import('./features/connections/webhooks/webhook-page.tsx'), 'WebhookPage'),
      },
      {
        path: `${connections}/custom`,
        component: page(() => import('./features/connections/custom/custom-page.tsx'), 'CustomPage'),
      },
      {
        path: `${connections}/custom/:id`,
        component: page(() => import('./features/connections/custom/editor-page.tsx'), 'EditorPage'),
      },
      {
        path: `${connections}/tests`,
        component: page(() => import('./features/connections/integration/integration-page.tsx'), 'IntegrationPage'),
      },
      {
        path: `${connections}/new`,
        component: page(() => import('./features/connections/wizard/new-connection-page.tsx'), 'NewConnectionPage'),
      },
      {
        path: `${connections}/new/upload`,
        component: page(() => import('./features/connections/upload/upload-page.tsx'), 'UploadPage'),
      },
      {
        path: `${connections}/new/mock`,
        component: page(() => import('./features/connections/mock-connection-page.tsx'), 'MockConnectionPage'),
      },
      {
        path: `${connections}/new/:platform`,
        component: page(() => import('./features/connections/wizard/connect-page.tsx'), 'ConnectPage'),
      },
      {
        path: `${connections}/:id`,
        component: page(() => import('./features/connections/detail/connection-page.tsx'), 'ConnectionPage'),
      },
      {
        path: '/causal',
        component: page(() => import('./features/causal-overview/overview-page.tsx'), 'CausalOverviewPage'),
      },
      {
        path: '/attribution/:id?',
        component: page(() => import('./features/attribution/attribution-page.tsx'), 'AttributionPage'),
      },
      { path: '/models', component: page(() => import('./features/models/models-page.tsx'), 'ModelsPage') },
      { path: '/models/new', component: page(() => import('./features/models/new-model-page.tsx'), 'NewModelPage') },
      { path: '/models/:id', component: page(() => import('./features/models/model-page.tsx'), 'ModelPage') },
      { path: '/mix-model', component: page(() => import('./features/mix-model/mix-model-page.tsx'), 'MixModelPage') },
      { path: '/mix-model/new', component: page(() => import('./features/mix-model/new-mix-page.tsx'), 'NewMixPage') },
      {
        path: '/mix-model/explore/:id?',
        component: page(() => import('./features/mix-model/explore-page.tsx'), 'ExplorePage'),
      },
      { path: '/mix-model/:id', component: page(() => import('./features/mix-model/mix-run-page.tsx'), 'MixRunPage') },
      { path: '/budget', component: page(() => import('./features/budget/budget-page.tsx'), 'BudgetPage') },
      {
        path: '/experiments',
        component: page(() => import('./features/experiments/experiments-page.tsx'), 'ExperimentsPage'),
      },
      {
        path: '/experiments/new',
        component: page(() => import('./features/experiments/new-experiment-page.tsx'), 'NewExperimentPage'),
      },
      {
        path: '/experiments/:id',
        component: page(() => import('./features/experiments/experiment-page.tsx'), 'ExperimentPage'),
      },
      { path: '/lift', component: page(() => import('./features/lift/lift-page.tsx'), 'LiftPage') },
      { path: '/lift/new', component: page(() => import('./features/lift/new-lift-page.tsx'), 'NewLiftPage') },
      { path: '/lift/:id', component: page(() => import('./features/lift/lift-run-page.tsx'), 'LiftRunPage') },
      { path: '/jobs', component: page(() => import('./features/jobs/jobs-page.tsx'), 'JobsPage') },
      { path: '/jobs/:id', component: page(() => import('./features/jobs/job-page.tsx'), 'JobPage') },
      {
        path: '/settings/:section?',
        component: page(() => import('./features/settings/settings-page.tsx'), 'SettingsPage'),
      },
      { path: '*', component: page(() => import('./features/shell/not-found-page.tsx'), 'NotFoundPage') },
    ],
  },
];
