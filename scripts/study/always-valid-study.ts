import { nullWorlds, peekAtNothing, type PeekCounts } from '@liftos/causal/studies/peek-at-nothing.pure.ts';

/** Looks at so many experiments without effect again and again, and writes how often each method errs as a page. */
export function alwaysValidStudy(experiments = 4000): Promise<string> {
  const plan = { experiments, looks: 200, step: 25, alpha: 0.05, seed: 1 };
  const begin = performance.now();
  const found = nullWorlds.map((world) => {
    process.stderr.write(`\n${world.name}`);
    return { name: world.name, counts: peekAtNothing(world, plan) };
  });
  const seconds = (performance.now() - begin) / 1000;
  const worst = Math.max(...found.map(({ counts }) => Math.max(counts.sequence, counts.difference) / experiments));
  const error = 2 * Math.sqrt((plan.alpha * (1 - plan.alpha)) / experiments);
  const page = [
    '# How often the always-valid interval errs when it is looked at all the time',
    '',
    `Written by \`npm run study -- always-valid ${experiments}\` in ${Math.round(seconds)} s.`,
    '',
    `Each row is ${experiments} simulated A/A experiments: both arms are drawn from the same world, so whatever is claimed`,
    `is an error. Every experiment is looked at ${plan.looks} times, after every ${plan.step} units of each arm, the first look`,
    `included; it errs when any look claims an effect. All methods are set to ${percent(plan.alpha)}. A share here has an`,
    `uncertainty of about ${percent(error)} (two standard errors).`,
    '',
    '| outcome | always valid, relative (shown) | always valid, difference (shown) | sequence by the delta method | Welch at every look | Welch at the end alone |',
    '| --- | --- | --- | --- | --- | --- |',
    ...found.map(({ name, counts }) => rowOf(name, counts)),
    '',
    '## Reading',
    '',
    `The intervals that the product shows err in at most ${percent(worst)} of experiments, ${worst <= plan.alpha + error ? 'no more than they promise' : 'MORE than they promise'}, though somebody looked at every step and would have stopped on the first claim. A test made for one look errs several times as often as it promises when it is looked at all the time, and as promised when it is read at the end.`,
    '',
    'The sequence by the delta method is what other products show for relative effects. It divides by a control that is',
    'hardly known at first; where outcomes are rare it errs far more often than it promises at early looks. It is kept',
    'in `plainSequence` for comparison; screens show the other.',
    '',
  ];
  return Promise.resolve(page.join('\n'));
}

function rowOf(name: string, { experiments, ...counts }: PeekCounts): string {
  const share = (count: number): string => percent(count / experiments);
  const { sequence, difference, plain, peeked, atTheEnd } = counts;
  return `| ${[name, ...[sequence, difference, plain, peeked, atTheEnd].map(share)].join(' | ')} |`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
