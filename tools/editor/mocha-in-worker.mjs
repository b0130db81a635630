// Stands for the package `mocha` where tests run in a worker: its build for browsers, which leaves itself in a global.
import '../../node_modules/mocha/mocha.js';

/** @type {any} */
const global = globalThis;

/** @param {readonly unknown[]} args */
export const describe = (...args) => global.describe(...args);
/** @param {readonly unknown[]} args */
export const it = (...args) => global.it(...args);
/** @param {readonly unknown[]} args */
export const before = (...args) => global.before(...args);
/** @param {readonly unknown[]} args */
export const beforeEach = (...args) => global.beforeEach(...args);
/** @param {readonly unknown[]} args */
export const after = (...args) => global.after(...args);
/** @param {readonly unknown[]} args */
export const afterEach = (...args) => global.afterEach(...args);

// biome-ignore lint/style/noDefaultExport: it is the package's.
export default global.Mocha;
