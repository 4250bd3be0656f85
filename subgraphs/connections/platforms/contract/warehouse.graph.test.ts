import { contractOf } from './contract.ts';

contractOf(['warehouse']);
