import {
  type AppendLog, type AuthorizeGit, type BuildReport, ClaimAnswer, type GatewayActivity, GitAuthorization, type InstanceReport,
  InstanceSecrets, InstancesSnapshot, LogPage, PushAnswer, type PushReceived, ReleaseAnswer, ReportAnswer, RouteUpdate,
} from '@weir/contracts';
import { z } from 'zod';
import { type Fetch, type RequestShape, send } from './request.ts';

type Body<S extends z.ZodType> = z.input<S>;
const SignInLink = z.object({ url: z.string(), expiresAt: z.string() });
export type SignInLink = z.infer<typeof SignInLink>;

interface InternalClientOptions {
  /** The control plane, without `/internal`. */
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: Fetch;
}

/** The control plane as worker and gateway see it. Throws ApiProblem where it refuses; a network error as it comes. */
export class InternalClient {
  readonly #fetch: Fetch;
  readonly #baseUrl: string;
  readonly #token: string;

  constructor({ baseUrl, token, fetch }: InternalClientOptions) {
    this.#fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#baseUrl = `${baseUrl.replace(/\/+$/, '')}/internal`;
    this.#token = token;
  }

  /** The build whose turn it is. @param worker a name that tells one worker process from another */
  async claimBuild(worker: string): Promise<z.output<typeof ClaimAnswer>> {
    return ClaimAnswer.parse(await this.#send('POST', '/builds/claim', { body: { worker } }));
  }

  async reportBuild(deployment: string, report: BuildReport): Promise<z.output<typeof ReportAnswer>> {
    return ReportAnswer.parse(await this.#send('POST', '/builds/:deployment/report', { params: { deployment }, body: report }));
  }

  async renewBuild(deployment: string, attempt: number): Promise<z.output<typeof ReportAnswer>> {
    return ReportAnswer.parse(await this.#send('POST', '/builds/:deployment/lease', { params: { deployment }, body: { attempt } }));
  }

  /** For a worker that starts: whoever had this attempt is dead. */
  async releaseBuild(deployment: string, attempt: number): Promise<z.output<typeof ReleaseAnswer>> {
    return ReleaseAnswer.parse(await this.#send('POST', '/builds/:deployment/release', { params: { deployment }, body: { attempt } }));
  }

  /** @param subject a deployment's id for its build log, an app's id for its app log */
  async appendLog(subject: string, batch: Body<typeof AppendLog>): Promise<void> {
    await this.#send('POST', '/logs/:subject', { params: { subject }, body: batch });
  }

  async readLog(subject: string, query: { after?: number; waitMs?: number; limit?: number }, signal?: AbortSignal): Promise<LogPage> {
    return LogPage.parse(await this.#send('GET', '/logs/:subject', { params: { subject }, query, signal }));
  }

  /** Answers at once if the cursor has passed `after`, else within `waitMs`. */
  async instances(after: number, waitMs: number, signal?: AbortSignal): Promise<InstancesSnapshot> {
    return InstancesSnapshot.parse(await this.#send('GET', '/instances', { query: { after, waitMs }, signal }));
  }

  async reportInstance(instance: string, report: InstanceReport): Promise<void> {
    await this.#send('POST', '/instances/:instance/report', { params: { instance }, body: report });
  }

  async instanceSecrets(instance: string): Promise<InstanceSecrets> {
    return InstanceSecrets.parse(await this.#send('GET', '/instances/:instance/secrets', { params: { instance } }));
  }

  /** What changed since `after`, at once if something did, else within `waitMs`. -1: everything. */
  async routes(after: number, waitMs: number, signal?: AbortSignal): Promise<RouteUpdate> {
    return RouteUpdate.parse(await this.#send('GET', '/routes', { query: { after, waitMs }, signal }));
  }

  async reportActivity(activity: Body<typeof GatewayActivity>): Promise<void> {
    await this.#send('POST', '/gateway/activity', { body: activity });
  }

  /** Wakes an app that sleeps; one that is awake stays so. Returns when it was asked for, not when it is done. */
  async wake(app: string): Promise<void> {
    await this.#send('POST', '/apps/:app/wake', { params: { app } });
  }

  async authorizeGit(request: Body<typeof AuthorizeGit>): Promise<GitAuthorization> {
    return GitAuthorization.parse(await this.#send('POST', '/git/authorize', { body: request }));
  }

  async reportPush(app: string, push: Body<typeof PushReceived>): Promise<z.output<typeof PushAnswer>> {
    return PushAnswer.parse(await this.#send('POST', '/git/:app/pushes', { params: { app }, body: push }));
  }

  /** A one-time link that signs the owner in. */
  async createSignInLink(): Promise<SignInLink> {
    return SignInLink.parse(await this.#send('POST', '/sign-in-links', { body: {} }));
  }

  #send(method: string, path: string, rest: Omit<RequestShape, 'method' | 'path'>): Promise<unknown> {
    return send(this.#fetch, this.#baseUrl, { method, path, ...rest, headers: { authorization: `Bearer ${this.#token}` } });
  }
}
