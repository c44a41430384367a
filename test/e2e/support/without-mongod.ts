import { findMongod } from '../../servers/mongodb';
import { notRun } from '../../servers/ran-on';

/** Without a MongoDB nothing of this run can be tested: the summary says so, and a skip cannot look like a pass. */
const found = findMongod();
if (found !== 'url' && 'reasons' in found) {
  notRun('MongoDB', found.reasons.join('; '));
  globalThis.describe = globalThis.describe.skip;
  globalThis.it = globalThis.it.skip;
}
