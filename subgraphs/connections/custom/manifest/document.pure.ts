import { isMap, isPair, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';

/** A mistake with its place in the text; lines and columns count from 1. */
export interface ManifestError {
  line: number;
  column: number;
  /** e.g. `streams.0.request.path`; empty for the text as a whole. */
  path: string;
  message: string;
}

export type Path = readonly (string | number)[];

/** Longer texts are refused. */
const mostCharacters = 256 * 1024;
const mostAliases = 50;
const mostErrors = 100;

/** YAML with the places of its values. */
export class ManifestDocument {
  readonly #document: Document;
  readonly #counter: LineCounter;
  readonly #text: string;
  /** Plain data. */
  readonly value: unknown;

  constructor(document: Document, counter: LineCounter, text: string, value: unknown) {
    this.#document = document;
    this.#counter = counter;
    this.#text = text;
    this.value = value;
  }

  /** An error at the value behind a path, or at its nearest parent when there is none. */
  error(path: Path, message: string, offset?: number): ManifestError {
    const at = this.#valueAt(path);
    return { ...this.#position(at === null ? 0 : at + this.#inside(at, path, offset)), path: path.join('.'), message };
  }

  /** An error at a key instead of its value. */
  keyError(path: Path, message: string): ManifestError {
    const parent = this.#nodeAt(path.slice(0, -1));
    const key = String(path.at(-1));
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    const at = pair && isPair(pair) ? ((pair.key as Node).range?.[0] ?? null) : null;
    return at === null ? this.error(path, message) : { ...this.#position(at), path: path.join('.'), message };
  }

  #nodeAt(path: Path): unknown {
    return path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
  }

  #valueAt(path: Path): number | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.#nodeAt(path.slice(0, length)) as Node | undefined | null;
      if (node?.range) return node.range[0];
    }
    return null;
  }

  /** How far behind the start of a text its own characters begin, when they stand there as they are. */
  #inside(at: number, path: Path, offset: number | undefined): number {
    if (offset === undefined) return 0;
    const node = this.#nodeAt(path);
    if (!isScalar(node) || typeof node.value !== 'string') return 0;
    const start = this.#text.indexOf(node.value, at);
    return start === -1 || start > (node.range?.[1] ?? 0) ? 0 : start - at + offset;
  }

  #position(at: number): { line: number; column: number } {
    const { line, col } = this.#counter.linePos(at);
    return { line, column: col };
  }
}

/** Reads YAML 1.2 into plain data. Errors carry their places; there are at most a hundred. */
export function readDocument(text: string): { document: ManifestDocument } | { errors: ManifestError[] } {
  if (text.length > mostCharacters) return { errors: [whole('A connector has at most 256 kB.')] };
  const counter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: counter,
      version: '1.2',
      merge: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    const errors = syntaxErrors(document, counter);
    if (errors.length > 0) return { errors };
    if (aliases(document) > mostAliases) return { errors: [whole(`There are more than ${mostAliases} aliases.`)] };
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { document: new ManifestDocument(document, counter, text, value) };
  } catch (error) {
    // Too deep nesting and aliases of aliases end here.
    const reason = error instanceof RangeError ? 'It is nested too deeply.' : 'Its aliases are too many.';
    return { errors: [whole(`This cannot be read. ${reason}`)] };
  }
}

/** What follows after the reader lost its way says nothing more. */
function syntaxErrors({ errors, warnings }: Document, counter: LineCounter): ManifestError[] {
  const lost = errors.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN');
  const told = lost === -1 ? errors : errors.slice(0, Math.max(1, lost));
  return [...told, ...warnings].slice(0, mostErrors).map(({ message, pos }) => {
    const { line, col } = counter.linePos(pos[0]);
    return { line, column: col, path: '', message: plain(message) };
  });
}

function aliases(document: Document): number {
  let count = 0;
  visit(document, {
    Alias: () => {
      count += 1;
      return count > mostAliases ? visit.BREAK : undefined;
    },
  });
  return count;
}

function whole(message: string): ManifestError {
  return { line: 1, column: 1, path: '', message };
}

function plain(message: string): string {
  return `This is no valid YAML: ${message.split('\n')[0]!.slice(0, 300)}`;
}
