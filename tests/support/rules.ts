// The rules as the product ships them.
import { readShippedRules } from '../../server/service/shippedRules.ts';
import { PATHS } from '../../server/service/settings.ts';

export const shippedRules = readShippedRules(PATHS.rules);
