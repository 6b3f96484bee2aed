import { testPromotion } from '../releases/promotion.ts';
import { dockerReleases } from './releases.ts';

testPromotion(dockerReleases);
