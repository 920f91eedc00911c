import { Controller, Get } from '@nestjs/common';

/** Whether the process answers; the supervisor asks. */
@Controller('internal/healthz')
export class HealthController {
  @Get()
  read(): { ok: true } {
    return { ok: true };
  }
}
