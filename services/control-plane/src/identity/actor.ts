import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Unauthenticated } from '@weir/domain';
import type { Request } from 'express';
import type { ActorContext } from './actor-context.ts';

const actors = new WeakMap<object, ActorContext>();

export const setActor = (request: object, ctx: ActorContext): void => void actors.set(request, ctx);

/** Who makes this request, or `undefined` on a public endpoint. */
export const actorOf = (request: object): ActorContext | undefined => actors.get(request);

/** Injects who makes the request, as the guard found out. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const ctx = actorOf(context.switchToHttp().getRequest<Request>());
  if (!ctx) throw new Unauthenticated();
  return ctx;
});
