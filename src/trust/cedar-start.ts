import { setFlagsFromString } from 'node:v8'

/*
 * V8 of Node 20 can end the whole process ("unreachable code" in Deoptimizer::DoComputeBuiltinContinuation) when it
 * leaves optimized code in the middle of a call into WebAssembly that it had inlined. Cedar is such calls, so they are
 * not inlined; a decision takes the same tenth of a millisecond.
 */
setFlagsFromString('--no-turbo-inline-js-wasm-calls')
