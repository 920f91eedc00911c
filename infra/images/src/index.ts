export * from './apt-sources.ts';
export * from './base-image.ts';
export * from './build-image.ts';
export * from './builder-image.ts';
export * from './debian-suite.ts';
export * from './image-assets.ts';
export * from './release-images.ts';
export type * from './image-request.ts';
export * from './stores-image.ts';
