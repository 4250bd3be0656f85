// The one entry of every npm script. It runs under whatever Node the machine has and needs no package: it installs
// what is missing, builds what is stale, and hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, '.build');
const binaries = join(root, 'node_modules', '.bin');
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const [command = '', ...rest] = process.argv.slice(2);

const environment = {
  ...process.env,
  PATH: [dirname(pinned), binaries, process.env.PATH].join(delimiter),
  NODE_COMPILE_CACHE: join(build, 'compile-cache'),
  // Threads otherwise keep arenas of their own that are never given back.
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
  // Young objects otherwise take 128 MB in every thread, also when idle; a quarter is as fast here.
  NODE_OPTIONS: ['--max-semi-space-size=16', process.env.NODE_OPTIONS].filter(Boolean).join(' '),
};

/** Runs to the end; a failure ends this process with the same code. */
function run(program, args, env = environment) {
  const { status, signal } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(signal ? 1 : (status ?? 1));
}

/** Hands over: signals go to the program, and its exit code becomes ours. */
function become(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  if (process.env.npm_lifecycle_event) stopWithParent(child);
}

/** npm runs us through a shell that passes no signals on: when npm is stopped, the shell just disappears. */
function stopWithParent(child) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    child.kill('SIGTERM');
  }, 250);
  look.unref();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    const files = statSync(full).isFile() ? [full] : filesBelow(full);
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Does a step unless it was done for the same inputs and its output is still there. */
function once(name, inputs, output, step) {
  const stamp = join(build, `${name}.stamp`);
  const hash = hashOf(inputs);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  step();
  mkdirSync(build, { recursive: true });
  writeFileSync(stamp, hash);
}

/** npm notes what it installed in a lock file of its own; a newer one of ours means that something is missing. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(pinned) || !existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  if (isInstalled()) return;
  console.error('Installing packages …');
  // Not `npm ci`: it refuses a lock file that lacks packages for other systems, which some registries do not carry.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], process.env);
}

function prepareDatabase() {
  const output = join(build, 'embedded-database');
  const migrations = readdirSync(join(root, 'subgraphs')).map((name) => `subgraphs/${name}/migrations`);
  const inputs = ['core/database', 'core/migrations', 'core/jobs', ...migrations, 'package-lock.json'];
  once('database', inputs, output, () => {
    console.error('Preparing the embedded database …');
    run(pinned, ['scripts/build-template.ts']);
  });
}

function buildClient() {
  const own = ['src', 'public', 'index.html', 'vite.config.ts', 'budgets.ts', 'package.json'];
  const inputs = [...own.map((name) => `client/${name}`), 'package-lock.json'];
  once('client', inputs, join(root, 'client', 'dist', 'index.html'), () => {
    console.error('Building the web client …');
    run(pinned, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'client', '--logLevel', 'warn']);
  });
}

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

const commands = {
  start() {
    prepareDatabase();
    buildClient();
    become(pinned, ['gateway/main.ts', ...rest]);
  },
  test() {
    prepareDatabase();
    buildClient();
    become(pinned, [vitest, 'run', ...rest]);
  },
  dev() {
    prepareDatabase();
    become(pinned, ['scripts/dev.ts']);
  },
  build() {
    prepareDatabase();
    buildClient();
  },
  codegen() {
    run(pinned, ['codegen/schema.ts', ...rest]);
    run(pinned, ['codegen/client.ts', ...rest]);
  },
  check() {
    become(pinned, ['scripts/check.ts']);
  },
  study() {
    become(pinned, ['scripts/study.ts', ...rest]);
  },
  doubles() {
    become(pinned, ['scripts/doubles.ts', ...rest]);
  },
  format() {
    run('oxfmt', ['.']);
  },
  bench() {
    prepareDatabase();
    buildClient();
    become(pinned, ['--expose-gc', 'bench/run.ts', ...rest]);
  },
};

if (!Object.hasOwn(commands, command)) {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
install();
commands[command]();
