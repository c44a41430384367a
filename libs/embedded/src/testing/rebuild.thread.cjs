/** A thread of a rebuild from its TypeScript, for specs. */
require('./typescript-hook.cjs');
require('../rebuild.thread.ts');
