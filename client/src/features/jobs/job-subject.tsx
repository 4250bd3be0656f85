import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { subjectLink } from '../../data/subject-link.ts';
import { words } from '../../ui/format.ts';
import type { JobSubjectFragment } from './jobs.generated.ts';

function readSubject(job: JobSubjectFragment): { text: string; href: string | null } {
  const connection = job.syncRun?.connection;
  if (connection) return { text: connection.name, href: subjectLink('connection', connection.id) };
  if (!job.subjectKind || !job.subjectId) return { text: '–', href: null };
  return {
    text: `${words(job.subjectKind)} ${job.subjectId.slice(-12)}`,
    href: subjectLink(job.subjectKind, job.subjectId),
  };
}

/** What a job works on, by name where it has one, and the way there. */
export function JobSubject(props: { job: JobSubjectFragment }) {
  const subject = () => readSubject(props.job);
  return (
    <Show when={subject().href} fallback={<span title={props.job.subjectId ?? undefined}>{subject().text}</span>}>
      {(href) => (
        <A href={href()} class="text-accent hover:underline">
          {subject().text}
        </A>
      )}
    </Show>
  );
}
