import { testRollback } from '../releases/rollback.ts';
import { dockerReleases } from './releases.ts';

testRollback(dockerReleases);
