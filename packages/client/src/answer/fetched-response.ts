/** What is read of a `Response`: small, so that those of other implementations of `fetch` fit too. */
export interface FetchedResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly body: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(): Promise<unknown>;
    };
  } | null;
}
