import { Module } from '@nestjs/common';
import { ExamplesController } from './examples.controller.ts';
import { ListExamples } from './list-examples.ts';

@Module({ controllers: [ExamplesController], providers: [ListExamples] })
export class ExamplesModule {}
