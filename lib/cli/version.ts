/** The package's own version; a spec holds it equal to package.json, which a bundle or a test can't always reach. */
export const VERSION = '0.1.0';
