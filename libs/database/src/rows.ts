/** Rows as they are stored, one type a table. */
export type {
  ApiToken, App, AuditEvent, Cursor, DataKey, Deployment, IdempotencyKey, Instance, LogHead, LogLine, Membership,
  OutboxMessage, Release, SecretVersion, Session, SignInLink, User, Workspace,
} from './generated/prisma/client.ts';
