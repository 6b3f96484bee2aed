import { testPullRequests } from '../releases/pull-requests.ts';
import { dockerReleases } from './releases.ts';

testPullRequests(dockerReleases);
