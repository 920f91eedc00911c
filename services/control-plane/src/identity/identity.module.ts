import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from './auth.guard.ts';
import { Authenticator } from './authenticator.ts';
import { Bootstrap } from './bootstrap.ts';
import { CreateSession } from './create-session.ts';
import { CreateSignInLink } from './create-sign-in-link.ts';
import { DeleteSession } from './delete-session.ts';
import { IdentityController } from './identity.controller.ts';
import { ReadMe } from './read-me.ts';

@Module({
  controllers: [IdentityController],
  providers: [Authenticator, Bootstrap, CreateSession, CreateSignInLink, DeleteSession, ReadMe, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [Authenticator, CreateSignInLink],
})
export class IdentityModule {}
