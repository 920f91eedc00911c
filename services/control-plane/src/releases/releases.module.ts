import { Module } from '@nestjs/common';
import { HostImages } from './host-images.ts';
import { PreviewRollback } from './preview-rollback.ts';
import { ReadReleases } from './read-releases.ts';
import { ReleasesController } from './releases.controller.ts';
import { RollBackApp } from './roll-back-app.ts';

@Module({
  controllers: [ReleasesController],
  providers: [HostImages, PreviewRollback, ReadReleases, RollBackApp],
})
export class ReleasesModule {}
