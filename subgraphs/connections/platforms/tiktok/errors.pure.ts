import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const envelope = z.object({ code: z.number(), message: z.string().default('') });

const tokenProblems = new Set([40_102, 40_104, 40_105]);
const passing = new Set([20_001, 40_200, 40_201, 40_202, 40_700, 50_000, 50_002, 60_001]);

/** TikTok answers everything with status 200; the code in the body tells. */
export function classifyTiktok(answer: Answer): Failure | null {
  const parsed = envelope.safeParse(answer.body);
  if (!parsed.success || parsed.data.code === 0) return null;
  const { code, message: said } = parsed.data;
  const message = `TikTok: ${said} (${code})`;
  if (code === 40_100) return { class: 'rate_limit', message, waitSeconds: waitOf(said, answer) };
  return { class: classOf(code, said), message };
}

function classOf(code: number, said: string): FailureClass {
  if (tokenProblems.has(code)) return 'auth';
  // A part of what was asked for is missing: not a success.
  if (passing.has(code)) return 'transient';
  if (code === 40_067) return 'too_much_data';
  if (/version .*(no longer|deprecated|offline|retired)/i.test(said)) return 'version_sunset';
  if (code === 40_001 || /permission|not authori[sz]ed|no access/i.test(said)) return 'permission';
  return 'bad_request';
}

/** Limits are by second, by minute and by day; only the message tells which one was hit. */
function waitOf(said: string, { headers }: Answer): number {
  if (/per day|\bQPD\b|daily|00:00/i.test(said)) return secondsToMidnight(headers['date']);
  return /minute|\bQPM\b/i.test(said) ? 300 : 1;
}

/** Until 00:00 UTC by the platform's own clock; an hour when it does not tell the time. */
function secondsToMidnight(date: string | undefined): number {
  const now = Date.parse(date ?? '');
  return Number.isNaN(now) ? 3600 : 86_400 - (Math.floor(now / 1000) % 86_400);
}
