import type { QueryDesignAbTestArgs, QueryEvaluateAbTestArgs } from '../schema.generated.ts';
import { designAbTest, evaluateAbTest } from './ab.service.ts';

export const abResolvers = {
  Query: {
    evaluateAbTest: (_: unknown, { input }: QueryEvaluateAbTestArgs) => evaluateAbTest(input),
    designAbTest: (_: unknown, { input }: QueryDesignAbTestArgs) => designAbTest(input),
  },
};
