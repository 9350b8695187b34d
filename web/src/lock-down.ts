/** Takes away from the worker's global scope what a reader's program must not have: network, storage, other workers. */

/**
 * Leaves in the worker's scope only what programs may use; call it once Python has started, before any of the reader's
 * code runs. What our own code still needs afterwards, it must hold already: `const post = self.postMessage.bind(self)`.
 *
 * Of this origin a worker could otherwise reach databases, caches, files and other pages, which the policy doesn't
 * govern; and the reader's Python reaches all that JavaScript reaches. This is a list of what stays, so that what
 * browsers invent next is gone as well. Nothing brings it back: the policy forbids making code of texts (`eval`,
 * `Function`, and with them `import()`), and a worker has no other realm to take it from.
 */
export function lockDown(): void {
  for (let owner: object | null = globalThis; owner; owner = Object.getPrototypeOf(owner) as object | null) {
    if (owner === Object.prototype || owner === EventTarget.prototype) break;
    for (const key of Reflect.ownKeys(owner)) {
      if (!STAYS.has(key)) remove(owner, key);
    }
  }
  Object.defineProperty(globalThis, "navigator", { value: describeBrowser(navigator_), configurable: false });
}

/** Before it goes from the scope. */
const navigator_ = navigator;

function remove(owner: object, key: PropertyKey): void {
  // What can't be deleted may still be overwritten; if neither works, it is one of the language's own constants.
  if (!Reflect.deleteProperty(owner, key)) Reflect.set(owner, key, undefined);
}

/** What Python and libraries ask about the browser; the browser's own object leads to storage, locks and devices. */
function describeBrowser({ userAgent, language, languages, hardwareConcurrency, onLine }: Navigator): object {
  return Object.freeze({ userAgent, language, languages, hardwareConcurrency, onLine });
}

/** The language itself, then what Pyodide calls while it runs, then what is useful and harmless. */
const STAYS: ReadonlySet<PropertyKey> = new Set<PropertyKey>(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp
  Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError InternalError
  globalThis JSON Math Intl Temporal ArrayBuffer SharedArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array
  Uint32Array Int32Array Float16Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView
  Map BigInt Set Iterator WeakMap WeakSet WeakRef Proxy Reflect FinalizationRegistry DisposableStack
  AsyncDisposableStack decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN
  constructor
  self WorkerGlobalScope DedicatedWorkerGlobalScope WebAssembly console performance Performance crypto Crypto
  SubtleCrypto CryptoKey setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone
  MessageChannel MessagePort MessageEvent Event EventTarget ErrorEvent PromiseRejectionEvent CustomEvent AbortController
  AbortSignal DOMException TextEncoder TextDecoder atob btoa Blob File URL URLSearchParams Response Request Headers
  ReadableStream WritableStream TransformStream CompressionStream DecompressionStream ImageData location
  isSecureContext crossOriginIsolated origin name close onerror onunhandledrejection
  addEventListener removeEventListener dispatchEvent`.split(/\s+/),
).add(Symbol.toStringTag);
