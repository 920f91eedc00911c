import { Module } from '@nestjs/common';
import { InspectRepository } from './inspect-repository.ts';
import { RepositoriesController } from './repositories.controller.ts';

@Module({ controllers: [RepositoriesController], providers: [InspectRepository] })
export class RepositoriesModule {}
