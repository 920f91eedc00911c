import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, UseGuards } from '@nestjs/common';
import type { PythonList, PythonView } from '@weir/contracts';
import { InternalTokenGuard } from '../internal-token.guard.ts';
import { Pythons } from './pythons.ts';

/** What the control plane asks: which Pythons there are, and to make one now. */
@Controller('internal/pythons')
@UseGuards(InternalTokenGuard)
export class PythonsController {
  constructor(@Inject(Pythons) private readonly pythons: Pythons) {}

  @Get()
  async list(): Promise<PythonList> {
    return { items: await this.pythons.list() };
  }

  @Post(':version')
  @HttpCode(202)
  async prepare(@Param('version') version: string): Promise<PythonView> {
    const view = await this.pythons.prepare(version);
    if (!view) throw new NotFoundException();
    return view;
  }
}
