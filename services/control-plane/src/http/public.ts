import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'weir.public';

/** Marks an endpoint, or a whole controller, that needs no session or token of the public API. Internal controllers carry it too: they have a guard of their own. */
export const Public = () => SetMetadata(PUBLIC, true);
