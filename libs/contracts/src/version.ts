import manifest from '../../../package.json' with { type: 'json' };

/** This release of Weir. */
export const VERSION: string = manifest.version;
