export * from './docker-fixture.ts';
export * from './harms-nobody.ts';
export * from './left-behind.ts';
export * from './test-installation.ts';
