import { describe, expect, it } from 'vitest';
import { readProxyHeader } from './proxy-protocol.ts';

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';
const v2 = (command: number, family: number, body: Buffer, size = body.length): Buffer => Buffer.concat([Buffer.from(SIGNATURE, 'latin1'), Buffer.from([command, family, size >> 8, size & 255]), body]);
const V4 = Buffer.from([203, 0, 113, 7, 10, 0, 0, 1, 0x30, 0x39, 0, 80]);
const V6 = Buffer.concat([Buffer.from('20010db8000000000000000000000007', 'hex'), Buffer.alloc(20)]);

const MAPPED_V4 = Buffer.concat([Buffer.from('00000000000000000000ffffcb007107', 'hex'), Buffer.alloc(20)]);

describe('a PROXY header', () => {
  it.each<[string, Buffer, string | undefined]>([
    ['v1 over IPv4', Buffer.from('PROXY TCP4 203.0.113.7 10.0.0.1 12345 80\r\n'), '203.0.113.7'],
    ['v1 over IPv6', Buffer.from('PROXY TCP6 2001:db8::7 ::1 12345 80\r\n'), '2001:db8::7'],
    ['v1 of nobody', Buffer.from('PROXY UNKNOWN ffff::1 x y z\r\n'), undefined],
    ['v2 over IPv4', v2(0x21, 0x11, V4), '203.0.113.7'],
    ['v2 over IPv4 with more fields', v2(0x21, 0x11, Buffer.concat([V4, Buffer.alloc(200)])), '203.0.113.7'],
    ['v2 over IPv6', v2(0x21, 0x21, V6), '2001:db8::7'],
    ['v1 of an IPv4 client over IPv6', Buffer.from('PROXY TCP6 ::ffff:203.0.113.7 ::1 12345 80\r\n'), '203.0.113.7'],
    ['v1 of one in hexadecimal', Buffer.from('PROXY TCP6 0:0:0:0:0:FFFF:cb00:7107 ::1 12345 80\r\n'), '203.0.113.7'],
    ['v1 of a link', Buffer.from('PROXY TCP6 fe80::7%eth0 ::1 12345 80\r\n'), 'fe80::7%eth0'],
    ['v2 of an IPv4 client over IPv6', v2(0x21, 0x21, MAPPED_V4), '203.0.113.7'],
    ['v2 of what only looks like one', v2(0x21, 0x21, Buffer.concat([Buffer.from('00010000000000000000ffffcb007107', 'hex'), Buffer.alloc(20)])), '1::ffff:cb00:7107'],
    ['v2 for itself', v2(0x20, 0, Buffer.alloc(0)), undefined],
  ])('%s names its client, at whatever byte it is cut', (_, header, source) => {
    const bytes = Buffer.concat([header, Buffer.from('GET / HTTP/1.1\r\n')]);
    expect(readProxyHeader(bytes)).toEqual({ length: header.length, source });
    for (let i = 0; i < header.length; i++) expect(readProxyHeader(bytes.subarray(0, i))).toBe('partial');
  });

  it.each<[string, string | Buffer]>([
    ['another protocol', 'GET / HTTP/1.1\r\n'],
    ['a family that is no family', 'PROXY TCP5 1.1.1.1 2.2.2.2 1 2\r\n'],
    ['an address of the other family', 'PROXY TCP4 ::1 2.2.2.2 1 2\r\n'],
    ['a name for an address', 'PROXY TCP4 localhost 2.2.2.2 1 2\r\n'],
    ['a port that is none', 'PROXY TCP4 1.1.1.1 2.2.2.2 1 65536\r\n'],
    ['too few words', 'PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n'],
    ['two spaces', 'PROXY  TCP4 1.1.1.1 2.2.2.2 1 2\r\n'],
    ['a line that never ends', `PROXY UNKNOWN ${'x'.repeat(200)}`],
    ['64 KB of junk', Buffer.alloc(65_536, 0x41)],
    ['another version', v2(0x31, 0x11, V4)],
    ['a command that is none', v2(0x22, 0x11, V4)],
    ['fewer bytes than an address', v2(0x21, 0x11, Buffer.alloc(4))],
    ['more bytes than sensible', v2(0x21, 0x11, V4, 65_535)],
    ['a socket of the local machine', v2(0x21, 0x31, Buffer.alloc(216))],
  ])('with %s is malformed', (_, bytes) => expect(readProxyHeader(Buffer.from(bytes))).toBe('malformed'));
});
