import type Docker from 'dockerode';

interface Progress {
  readonly error?: string;
  readonly stream?: string;
  readonly status?: string;
}

/** Waits for the end of an import, pull or build. @throws Error with the engine's own words */
export function finished(docker: Docker, stream: NodeJS.ReadableStream, onProgress: (event: Progress) => void = () => undefined): Promise<Progress[]> {
  return new Promise((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error: Error | null, events: Progress[]) => {
        const failed = events?.find((event) => event.error !== undefined);
        if (error ?? failed) reject(error ?? new Error(failed?.error));
        else resolve(events);
      },
      onProgress,
    );
  });
}
