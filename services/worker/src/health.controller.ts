import { Controller, Get, Inject, Optional } from '@nestjs/common';
import type { WorkerHealth } from '@weir/contracts';
import type { z } from 'zod';
import { Instances } from './instances/instances.ts';

/** Whether the process answers, which the supervisor asks; and what is wrong with this host, which `weir status` shows. */
@Controller('internal/healthz')
export class HealthController {
  constructor(@Optional() @Inject(Instances) private readonly instances?: Instances) {}

  @Get()
  read(): z.infer<typeof WorkerHealth> {
    return { ok: true, problems: this.instances?.problems ?? [] };
  }
}
