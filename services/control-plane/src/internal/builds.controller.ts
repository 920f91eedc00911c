import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { BuildReport, Lease } from '@weir/contracts';
import { z } from 'zod';
import { ClaimBuild } from './claim-build.ts';
import { InternalApi } from './internal-api.ts';
import { idParam, parse } from './parse.ts';
import { ReleaseLease } from './release-lease.ts';
import { RenewLease } from './renew-lease.ts';
import { ReportBuild } from './report-build.ts';

const Claim = z.strictObject({ worker: z.string().max(200) });
const deployment = idParam('deployment');

@InternalApi('builds')
export class BuildsController {
  constructor(private readonly claimBuild: ClaimBuild, private readonly reportBuild: ReportBuild, private readonly renewLease: RenewLease, private readonly releaseLease: ReleaseLease) {}

  @Post('claim')
  @HttpCode(200)
  async claim(@Body(parse(Claim)) body: z.infer<typeof Claim>) {
    return { order: await this.claimBuild.execute(body.worker) };
  }

  @Post(':deployment/report')
  @HttpCode(200)
  async report(@Param('deployment', deployment) id: string, @Body(parse(BuildReport)) body: BuildReport) {
    return { stop: await this.reportBuild.execute(id, body) };
  }

  @Post(':deployment/lease')
  @HttpCode(200)
  async renew(@Param('deployment', deployment) id: string, @Body(parse(Lease)) body: z.infer<typeof Lease>) {
    return { stop: await this.renewLease.execute(id, body.attempt) };
  }

  @Post(':deployment/release')
  @HttpCode(200)
  async release(@Param('deployment', deployment) id: string, @Body(parse(Lease)) body: z.infer<typeof Lease>) {
    return { released: await this.releaseLease.execute(id, body.attempt) };
  }
}
