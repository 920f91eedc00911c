import { Controller, Get, Header } from '@nestjs/common';
import { openApi } from '@weir/contracts';
import { VERSION } from '@weir/contracts/version';
import { Public } from '../http/public.ts';
import { docsPage } from './docs-page.ts';

const DOCUMENT = openApi(VERSION);
const PAGE = docsPage(VERSION);

/** The public API's description, for machines and for people. It says nothing of this installation. */
@Public()
@Controller('api')
export class DocsController {
  @Get('openapi.json')
  openApi() {
    return DOCUMENT;
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
  page() {
    return PAGE;
  }
}
