import { parse, validate, type GraphQLSchema } from 'graphql';
import { compileDocument, type RunDocument } from '../graphql/compile-document.ts';

const most = 2000;

/** Documents the gateway sends: each parsed, checked and compiled once, the oldest forgotten. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #kept = new Map<string, RunDocument>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Throws the first GraphQLError of a document that does not fit the schema. */
  prepare(text: string, operationName?: string): RunDocument {
    const key = `${operationName ?? ''}\n${text}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const document = parse(text);
    const [problem] = validate(this.#schema, document);
    if (problem) throw problem;
    const run = compileDocument(this.#schema, document, operationName);
    if (this.#kept.size >= most) this.#kept.delete(this.#kept.keys().next().value ?? '');
    this.#kept.set(key, run);
    return run;
  }
}
