/* Imported before anything of the gateway: its channels are streams of `node:net` then, as on a Node without the binding. */
Reflect.set(process, 'binding', undefined);
