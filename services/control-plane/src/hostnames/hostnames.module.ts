import { Module } from '@nestjs/common';
import { CheckHostname } from './check-hostname.ts';
import { HostnamesController } from './hostnames.controller.ts';

@Module({ controllers: [HostnamesController], providers: [CheckHostname] })
export class HostnamesModule {}
