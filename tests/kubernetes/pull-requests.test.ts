import { testPullRequests } from '../releases/pull-requests.ts';
import { clusterReleases } from './releases.ts';

testPullRequests(clusterReleases);
