import fc from 'fast-check';

/**
 * Properties draw the same values in every run, so that what passes once passes again, and a red one is a change's own.
 * `PROPERTY_SEED=5 npm test -- spec/codec` draws others.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
