/** "512 MiB", "3 GiB", "1.5 GiB". */
export const memoryWords = (mib: number): string => (mib < 1024 ? `${mib} MiB` : `${Number((mib / 1024).toFixed(1))} GiB`);
