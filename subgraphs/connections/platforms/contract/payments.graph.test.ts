import { contractOf } from './contract.ts';

contractOf(['payments']);
