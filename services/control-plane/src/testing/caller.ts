import type { AppView, DeploymentView } from '@weir/contracts';
import type { WorkspaceId } from '@weir/domain';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

let hostnames = 0;

/** Somebody who calls the public API with a token. */
export class Caller {
  constructor(private readonly baseUrl: string, readonly token: string, readonly workspaceId: WorkspaceId) {}

  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T };
  }

  /** A new app, named so that no other has its hostname. */
  async app(settings: Record<string, unknown> = {}): Promise<AppView> {
    const { status, body } = await this.call<AppView>('POST', '/apps', { hostname: `app-${process.pid}-${++hostnames}`, source: { kind: 'builtin' }, ...settings });
    if (status !== 201) throw new Error(`no app was created: ${JSON.stringify(body)}`);
    return body;
  }

  async deploy(app: string): Promise<DeploymentView> {
    const { status, body } = await this.call<DeploymentView>('POST', `/apps/${app}/deployments`, {});
    if (status !== 202) throw new Error(`no deployment was accepted: ${JSON.stringify(body)}`);
    return body;
  }

  /** Actions of the audit log, newest first. */
  async audited(target: string): Promise<string[]> {
    const { body } = await this.call<{ items: { action: string; target: string }[] }>('GET', '/audit?limit=100');
    return body.items.filter((event) => event.target === target).map((event) => event.action);
  }
}
