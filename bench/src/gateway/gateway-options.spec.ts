import { expect, it } from 'vitest';
import { gatewayOptions } from './gateway-options.ts';

it('measures everything five times unless told otherwise', () => expect(gatewayOptions([])).toMatchObject({ runs: 5, strict: false, figures: { length: 7 } }));

it('measures the rows that were named', () => expect(gatewayOptions(['--rows', 'http, static', '--runs', '2']).figures.map(({ key }) => key)).toEqual(['http', 'static']));

it.each([[['--runs', '0'], /--runs takes/], [['--runs', 'x'], /--runs takes/], [['--rows', 'htp'], /no row htp/], [['--fast'], /fast/]])('%j is refused', (args, sentence) => expect(() => gatewayOptions(args)).toThrow(sentence));
