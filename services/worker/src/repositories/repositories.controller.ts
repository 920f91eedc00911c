import { Body, Controller, HttpCode, Inject, Post, Res, UseGuards } from '@nestjs/common';
import { InspectRepository as Contract, type Problem, type RepositoryView } from '@weir/contracts';
import { BuildFailed } from '../builds/build-failed.ts';
import { InternalTokenGuard } from '../internal-token.guard.ts';
import { InspectRepository } from './inspect-repository.ts';
import type { ServerResponse } from 'node:http';

const STATUSES: Readonly<Record<string, number>> = { 'source.not_found': 422, 'source.unreachable': 422 };

@Controller('internal/repositories')
@UseGuards(InternalTokenGuard)
export class RepositoriesController {
  constructor(@Inject(InspectRepository) private readonly inspectRepository: InspectRepository) {}

  @Post('inspect')
  @HttpCode(200)
  async inspect(@Body() body: unknown, @Res({ passthrough: true }) response: ServerResponse): Promise<RepositoryView | Problem> {
    const input = Contract.safeParse(body);
    if (!input.success) return problem(response, 422, 'request.invalid', 'This is not a repository that can be read.');
    try {
      return await this.inspectRepository.execute(input.data);
    } catch (error) {
      if (!(error instanceof BuildFailed)) throw error;
      const { code, message, hint } = error.failure;
      return problem(response, STATUSES[code] ?? 422, code, hint === null ? message : `${message} ${hint}`);
    }
  }
}

function problem(response: ServerResponse, status: number, code: string, detail: string): Problem {
  response.statusCode = status;
  response.setHeader('content-type', 'application/problem+json');
  return { type: 'about:blank', title: 'The repository cannot be read', status, code, detail };
}
