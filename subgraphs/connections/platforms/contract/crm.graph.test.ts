import { contractOf } from './contract.ts';

contractOf(['crm']);
