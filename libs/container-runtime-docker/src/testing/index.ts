export * from './docker-fixture.ts';
