import { testPromotion } from '../releases/promotion.ts';
import { clusterReleases } from './releases.ts';

testPromotion(clusterReleases);
