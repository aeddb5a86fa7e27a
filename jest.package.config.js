import base from './jest.config.js';

/** The packed tarball, checked from outside: needs a build and takes longer than all other specs together. */
export default {
  ...base,
  globalSetup: '<rootDir>/spec/support/installedPackage.ts',
  testMatch: ['<rootDir>/spec/package/{package,runtimes}.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
