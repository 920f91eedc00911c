import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { InternalClient } from '@weir/api-client';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Instances } from './instances.ts';
import { InstancesModule } from './instances.module.ts';

it('the instances module can be put together', async () => {
  const options = { installation: 'abcdefgh', runtime: 'runc', dataDir: '/nowhere', trustTenants: false, client: new InternalClient({ baseUrl: 'http://127.0.0.1:1', token: 'token' }), logger: pino({ level: 'silent' }) };
  const module = await Test.createTestingModule({ imports: [InstancesModule.with(options)] }).compile();
  expect(module.get(Instances).status).toEqual({ fence: { status: 'unproven' }, secretsOnMemory: false });
});
