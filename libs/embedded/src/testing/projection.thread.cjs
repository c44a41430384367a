/** The thread of the projection from its TypeScript, for specs. */
require('./typescript-hook.cjs');
require('../projection.thread.ts');
