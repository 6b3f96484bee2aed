import { describeTarget } from '../testing/contract.ts';
import { processHarness } from './testing/harness.ts';

describeTarget('process', processHarness);
