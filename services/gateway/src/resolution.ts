import type { Route, RouteInstance } from '@weir/contracts';
import type { AppId } from '@weir/domain';
import type { PageName } from './pages/pages.ts';
import type { OwnAnswer } from './tab/own-answer.ts';
import type { Exchange } from './transport/exchange.ts';

/** Where an app's request goes. */
export interface Destination {
  readonly route: Route;
  readonly instance: RouteInstance;
  /** The browser has no session there yet: its socket is still to come. */
  readonly isNewcomer: boolean;
}

export interface Forward {
  readonly kind: 'forward';
  readonly exchange: Exchange;
  readonly destination: Destination | undefined;
}

/** Nothing yet: the app is waking. What comes of it is carried out then, if the visitor is still there. */
export interface Hold {
  readonly kind: 'hold';
  readonly app: AppId;
  readonly wait: () => Promise<Resolution>;
}

/** What is to be done with a visit. Transports carry it out and decide nothing. */
export type Resolution =
  | Forward
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'page'; readonly page: PageName }
  | { readonly kind: 'answer'; readonly answer: OwnAnswer }
  | Hold;
