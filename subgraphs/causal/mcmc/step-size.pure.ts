/** Dual averaging of the step size (Hoffman and Gelman 2014, section 3.2), with the constants of Stan. */
export interface StepSizeAdaptation {
  /** The step for the next iteration. */
  step: number;
  learn(acceptance: number): void;
  /** The averaged step, to sample with. */
  settled(): number;
  restart(step: number): void;
}

const [gamma, kappa, offset] = [0.05, 0.75, 10];

export function adaptStepSize(initial: number, target: number): StepSizeAdaptation {
  let [center, sum, average, count] = [Math.log(10 * initial), 0, 0, 0];
  const adaptation: StepSizeAdaptation = {
    step: initial,
    learn(acceptance) {
      count++;
      const weight = 1 / (count + offset);
      sum = (1 - weight) * sum + weight * (target - Math.min(1, acceptance));
      const log = center - (sum * Math.sqrt(count)) / gamma;
      const decay = count ** -kappa;
      average = decay * log + (1 - decay) * average;
      adaptation.step = Math.exp(log);
    },
    settled: () => (count > 0 ? Math.exp(average) : adaptation.step),
    restart(step) {
      adaptation.step = step;
      [center, sum, average, count] = [Math.log(10 * step), 0, 0, 0];
    },
  };
  return adaptation;
}
