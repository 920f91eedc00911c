import { Module } from '@nestjs/common';
import { ChangeBusModule } from '../realtime/change-bus.module.ts';
import { AppendLog } from './append-log.ts';
import { LogReader } from './log-reader.ts';
import { LogsController } from './logs.controller.ts';
import { ReadLog } from './read-log.ts';

@Module({ imports: [ChangeBusModule], controllers: [LogsController], providers: [AppendLog, LogReader, ReadLog], exports: [AppendLog, LogReader, ReadLog] })
export class LogsModule {}
