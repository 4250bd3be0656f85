import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import type {
  MutationCalibrateByLiftArgs,
  MutationCreateCalibrationArgs,
  MutationRetireCalibrationArgs,
  QueryCalibrationArgs,
  QueryCalibrationsArgs,
} from '../schema.generated.ts';
import { calibrateByLift } from './calibrate-by-lift.ts';
import { createCalibration, retireCalibration } from './calibration.service.ts';
import { calibrationsById, listCalibrations } from './calibration.view.ts';

export const calibrationResolvers = {
  Query: {
    calibration: (_: unknown, { id }: QueryCalibrationArgs, context: Context) =>
      loaderById(context, 'Calibration', calibrationsById).load(id),
    calibrations: (_: unknown, args: QueryCalibrationsArgs, context: Context) => listCalibrations(context, args),
  },
  Mutation: {
    createCalibration: async (_: unknown, { input }: MutationCreateCalibrationArgs, context: Context) => ({
      calibration: await createCalibration(context, input),
    }),
    calibrateByLift: async (_: unknown, { input }: MutationCalibrateByLiftArgs, context: Context) => ({
      calibration: await calibrateByLift(context, input),
    }),
    retireCalibration: async (_: unknown, { id }: MutationRetireCalibrationArgs, context: Context) => ({
      calibration: await retireCalibration(context, id),
    }),
  },
  Calibration: {
    __resolveReference: referenceById('Calibration', calibrationsById),
  },
};
