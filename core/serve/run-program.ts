/**
 * Starts a program and stops it in order when the process is told to; a second signal ends it at once. When it cannot
 * start, says why in a sentence that names what to change, and ends the process with 1.
 */
export async function runProgram<T extends { close(): Promise<void> }>(
  name: string,
  start: () => Promise<T>,
): Promise<T> {
  const program = await start().catch((error: unknown) => {
    process.stderr.write(`${name} could not start. ${startFailure(error)}\n`);
    process.exit(1);
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    program.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return program;
}

interface SystemError extends Error {
  code?: string;
  syscall?: string;
  address?: string;
  port?: number;
}

function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, address, port, message }: SystemError = error;
  if (syscall !== 'listen') return message;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Set PORT to another one, or to 0 for any.`;
  return `Port ${port} of ${address} cannot be used (${code}). Set PORT and HOST to others.`;
}
