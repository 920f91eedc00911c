import { CopyButton } from './copy-button.tsx';

/** A command to type into a terminal, ready to copy. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
      <code className="min-w-0 grow py-1 break-words whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{command}</code>
      <CopyButton text={command} label={`Copy ${command}`} />
    </div>
  );
}
