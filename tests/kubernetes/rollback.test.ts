import { testRollback } from '../releases/rollback.ts';
import { clusterReleases } from './releases.ts';

testRollback(clusterReleases);
