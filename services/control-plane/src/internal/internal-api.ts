import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { Public } from '../http/public.ts';
import { InternalGuard } from './internal.guard.ts';

/** A controller under `/internal`: for the installation's own processes, never for people. */
export const InternalApi = (path: string): ClassDecorator =>
  applyDecorators(Controller(`internal/${path}`), Public(), UseGuards(InternalGuard)); // public: the guard of the public API stands back
