import { Get, HttpCode, Post } from '@nestjs/common';
import { Database } from '@weir/database';
import { CreateSignInLink } from '../identity/create-sign-in-link.ts';
import { InternalApi } from './internal-api.ts';

/** What whoever runs the machine asks for. */
@InternalApi('')
export class OperatorController {
  constructor(private readonly createSignInLink: CreateSignInLink, private readonly db: Database) {}

  @Post('sign-in-links')
  @HttpCode(201)
  signInLink() {
    return this.createSignInLink.execute();
  }

  /** Whether requests can be served: this process runs and reaches its database. */
  @Get('healthz')
  async healthz() {
    await this.db.$queryRaw`SELECT 1`;
    return { ok: true };
  }
}
