import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const apiPort = process.env.PORT ?? '4000';

/** The server restarts when a file it imports changes; the client is served by Vite with hot reload. */
const programs = [
  spawn(process.execPath, ['--watch', '--watch-preserve-output', 'gateway/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: apiPort, PUBLIC_URL: process.env.PUBLIC_URL ?? 'http://localhost:5173' },
  }),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'client'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LIFTOS_API: `http://127.0.0.1:${apiPort}` },
  }),
];

const stop = (): void => {
  for (const program of programs) program.kill('SIGTERM');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const program of programs) program.on('exit', stop);
