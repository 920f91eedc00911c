/** The part of Express that we use: its own types are not installed. */
declare module 'express' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Request extends IncomingMessage {
    readonly method: string;
    /** Without the query string. */
    readonly path: string;
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly body: unknown;
    /** The answer to this request. */
    readonly res?: Response;
  }

  export interface CookieOptions {
    readonly httpOnly?: boolean;
    readonly sameSite?: 'lax' | 'strict';
    readonly secure?: boolean;
    readonly path?: string;
    readonly expires?: Date;
  }

  export interface Response extends ServerResponse {
    status(code: number): this;
    type(type: string): this;
    send(body: string): this;
    cookie(name: string, value: string, options: CookieOptions): this;
    clearCookie(name: string, options: CookieOptions): this;
  }

  export type NextFunction = (error?: unknown) => void;
}
