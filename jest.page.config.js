import base from './jest.config.js';

/** The page of examples/angular on the packed tarball, in a browser: needs a build. */
export default {
  ...base,
  globalSetup: '<rootDir>/spec/support/installedPackage.ts',
  testMatch: ['<rootDir>/spec/package/page.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
