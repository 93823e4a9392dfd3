/**
 * Rewrites of requests and answers (step 9, REQ-28 to REQ-32): sets compiled once per configuration, run on an exchange
 * or, told step by step, on a request that was only described.
 */
@NullMarked
package dev.gatehouse.rewrite;

import org.jspecify.annotations.NullMarked;
