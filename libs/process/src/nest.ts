export * from './nest-app.ts';
