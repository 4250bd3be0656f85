import { createSignal } from 'solid-js';

function read(key: string): string | null {
  try {
    return localStorage.getItem(`liftos.${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`liftos.${key}`);
    else localStorage.setItem(`liftos.${key}`, value);
  } catch {
    // Without storage a preference lasts as long as the page.
  }
}

function createPreference(key: string, initial: boolean): [() => boolean, (value: boolean) => void] {
  const stored = read(key);
  const [value, setValue] = createSignal(stored === null ? initial : stored === 'yes');
  return [
    value,
    (next) => {
      setValue(next);
      write(key, next ? 'yes' : 'no');
    },
  ];
}

export type Theme = 'light' | 'dark' | 'system';

const system = matchMedia('(prefers-color-scheme: dark)');
const [theme, setThemeSignal] = createSignal<Theme>((read('theme') as Theme | null) ?? 'system');

function applyTheme(): void {
  const dark = theme() === 'dark' || (theme() === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

system.addEventListener('change', applyTheme);

/** Chooses light, dark or whatever the system says, and remembers it in this browser. */
export function setTheme(next: Theme): void {
  setThemeSignal(next);
  write('theme', next === 'system' ? null : next);
  applyTheme();
}

/** Changes from what is seen now to the other. */
export function toggleTheme(): void {
  setTheme(document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark');
}

const [collapsed, setCollapsed] = createPreference('sidebar-collapsed', false);
const [singleKeys, setSingleKeys] = createPreference('single-keys', true);

export { collapsed, setCollapsed, setSingleKeys, singleKeys, theme };
