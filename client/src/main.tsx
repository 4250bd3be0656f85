import { Router } from '@solidjs/router';
import { render } from 'solid-js/web';
import './styles.css';
import { refreshSession } from './data/session.ts';
import { routes } from './routes.tsx';

// After an update the old page asks for chunks that no longer exist; one reload brings the new version.
addEventListener('vite:preloadError', (event) => {
  const reloaded = Number(sessionStorage.getItem('liftos.reloaded') ?? 0);
  if (Date.now() - reloaded < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem('liftos.reloaded', String(Date.now()));
  location.reload();
});

void refreshSession();
render(() => <Router>{routes}</Router>, document.getElementById('root')!);
