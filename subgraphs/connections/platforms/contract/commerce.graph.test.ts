import { contractOf } from './contract.ts';

contractOf(['commerce']);
