import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { loggable } from '../errors.ts';

export type Logger = PinoLogger;

/** One JSON line per event on standard error; errors lose everything that could carry values of a statement. */
export function createLog(level: string, name = 'liftos', destination = standardError()): Logger {
  return pino(
    {
      level,
      name,
      base: { name },
      messageKey: 'msg',
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: loggable, error: loggable },
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'secret', '*.secret', 'authorization'],
        censor: '…',
      },
    },
    destination,
  );
}

function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: false });
}
