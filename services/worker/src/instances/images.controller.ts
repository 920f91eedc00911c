import { BadRequestException, Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { FindMissingImages, type MissingImages } from '@weir/contracts';
import type { z } from 'zod';
import { InternalTokenGuard } from '../internal-token.guard.ts';
import { Instances } from './instances.ts';

/** Tells the control plane what this host's engine has. */
@Controller('internal/images')
@UseGuards(InternalTokenGuard)
export class ImagesController {
  constructor(@Inject(Instances) private readonly instances: Instances) {}

  @Post('missing')
  @HttpCode(200)
  async missing(@Body() body: unknown): Promise<z.infer<typeof MissingImages>> {
    const asked = FindMissingImages.safeParse(body);
    if (!asked.success) throw new BadRequestException();
    return { missing: await this.instances.missingImages(asked.data.images) };
  }
}
